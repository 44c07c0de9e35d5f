// Emitted from sx/spec/expand.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$slice = host.primitive("slice");
  const p$list_form$q = host.primitive("list-form?");
  const p$symbol$q = host.primitive("symbol?");
  const p$make_list_form = host.primitive("make-list-form");
  const p$str = host.primitive("str");
  const p$refuse_at = host.primitive("refuse-at");
  const p$span_of = host.primitive("span-of");
  const p$make_local = host.primitive("make-local");
  const p$make_table = host.primitive("make-table");
  const p$table_set$x = host.primitive("table-set!");
  const p$table_has$q = host.primitive("table-has?");
  const p$table_get = host.primitive("table-get");
  const p$concat = host.primitive("concat");
  const p$table_keys = host.primitive("table-keys");
  const p$attempt_macro = host.primitive("attempt-macro");
  const p$map = host.primitive("map");
  const p$failed_macro$q = host.primitive("failed-macro?");
  const p$dict_form$q = host.primitive("dict-form?");
  const p$form_data = host.primitive("form-data");
  const p$keyword$q = host.primitive("keyword?");
  const p$string$q = host.primitive("string?");
  const p$number$q = host.primitive("number?");
  const p$boolean$q = host.primitive("boolean?");
  const p$list$q = host.primitive("list?");
  const p$dict$q = host.primitive("dict?");
  const p$make_dict_form = host.primitive("make-dict-form");
  const p$keys = host.primitive("keys");
  const p$vals = host.primitive("vals");
  const p$for_each = host.primitive("for-each");
  const p$contains$q = host.primitive("contains?");
  const p$ends_with$q = host.primitive("ends-with?");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$empty$q = host.primitive("empty?");
  const p$make_template_symbol = host.primitive("make-template-symbol");
  const p$$e = host.primitive("=");
  const p$every$q = host.primitive("every?");
  const p$push$x = host.primitive("push!");
  const p$reduce = host.primitive("reduce");
  const p$map_indexed = host.primitive("map-indexed");
  const p$rem = host.primitive("rem");
  const p$last = host.primitive("last");
  function parts(form$1) {
    return form$1.items;
  }
  function part(form$2, i$3) {
    return parts(form$2)[i$3];
  }
  function size(form$4) {
    return parts(form$4).length;
  }
  function parts_from(form$5, start$6) {
    return p$slice(parts(form$5), start$6);
  }
  function headed$q(form$7, name$8) {
    let and$9, and$10;
    return (and$9 = p$list_form$q(form$7), ((and$9 !== false && and$9 != null) ? (and$10 = p$symbol$q(part(form$7, 0)), ((and$10 !== false && and$10 != null) ? (part(form$7, 0).name === name$8) : and$10)) : and$9));
  }
  function head_name(form$11) {
    if (p$symbol$q(part(form$11, 0))) {
      return part(form$11, 0).name;
    } else {
      return "()";
    }
  }
  function form_at(place$12, items$13) {
    return p$make_list_form(items$13, place$12.source, place$12.start, place$12.end);
  }
  function wrong_shape(form$14, shape$15) {
    return wrong_part(form$14, shape$15, p$str((size(form$14) - 1), " parts"), form$14);
  }
  function wrong_part(form$16, shape$17, found$18, at$19) {
    let or$20;
    return p$refuse_at("syntax/bad-form", { form: head_name(form$16), shape: shape$17, found: found$18 }, (or$20 = p$span_of(at$19), ((or$20 !== false && or$20 != null) ? or$20 : p$span_of(form$16))));
  }
  function constant(value$21) {
    return { kind: "const", span: null, value: value$21 };
  }
  const nothing = (() => {
    return constant(null);
  })();
  function choice(span$22, test$23, yes$24, no$25) {
    return { kind: "if", span: span$22, test: test$23, yes: yes$24, no: no$25 };
  }
  function primitive_call(span$26, name$27, args$28) {
    return { kind: "call", span: span$26, callee: { kind: "primitive", span: span$26, name: name$27 }, args: args$28 };
  }
  function read_local(span$29, local$30) {
    (local$30.reads = (local$30.reads + 1));
    return { kind: "local", span: span$29, local: local$30 };
  }
  function in_sequence(cores$31) {
    if ((cores$31.length === 1)) {
      return cores$31[0];
    } else {
      return { kind: "do", span: null, forms: cores$31 };
    }
  }
  function outermost_scope(frame$32) {
    return { parent: null, frame: frame$32, svg: false, locals: null };
  }
  function inner_scope(scope$33) {
    return { parent: scope$33, frame: scope$33.frame, svg: scope$33.svg, locals: null };
  }
  function function_scope(scope$34, function_$35) {
    return { parent: scope$34, frame: function_$35, svg: scope$34.svg, locals: null };
  }
  function bind(scope$36, symbol$37) {
    return keep_local(scope$36, p$make_local(symbol$37.name, scope$36.frame, false, p$span_of(symbol$37)));
  }
  function bind_generated(scope$38, name$39) {
    return keep_local(scope$38, p$make_local(name$39, scope$38.frame, true, null));
  }
  function keep_local(scope$40, local$41) {
    if ((scope$40.locals == null)) {
      (scope$40.locals = p$make_table());
    } else {
      null;
    }
    return p$table_set$x(scope$40.locals, local$41.name, local$41);
  }
  function binds$q(scope$42, name$43) {
    let and$44;
    return (and$44 = !(scope$42.locals == null), ((and$44 !== false && and$44 != null) ? p$table_has$q(scope$42.locals, name$43) : and$44));
  }
  function find_local(scope$45, name$46) {
    {
      let at$47 = scope$45;
      loop48: while (true) {
        if ((at$47 == null)) {
          return null;
        } else {
          if (!host.isTrue(binds$q(at$47, name$46))) {
            at$47 = at$47.parent;
            continue loop48;
          } else {
            {
              let local$49 = p$table_get(at$47.locals, name$46);
              if (!(local$49.owner === scope$45.frame)) {
                (local$49.captured = true);
              } else {
                null;
              }
              return local$49;
            }
          }
        }
      }
    }
  }
  function scope_names(scope$50) {
    loop51: while (true) {
      if ((scope$50 == null)) {
        return [];
      } else {
        if ((scope$50.locals == null)) {
          scope$50 = scope$50.parent;
          continue loop51;
        } else {
          return p$concat(p$table_keys(scope$50.locals), scope_names(scope$50.parent));
        }
      }
    }
  }
  const deepest_expansion = 400;
  function expand_then(r$52, macro$53, call$54, next$55) {
    {
      let trail$56 = r$52.trail;
      let name$57 = macro$53.name;
      let span$58 = p$span_of(call$54);
      if ((trail$56.length >= deepest_expansion)) {
        p$refuse_at("macro/too-deep", { macro: name$57, limit: deepest_expansion }, span$58);
      } else {
        null;
      }
      trail$56.push({ macro: name$57, span: span$58 });
      {
        let value$59 = next$55(expand(r$52, macro$53, call$54));
        trail$56.pop();
        return value$59;
      }
    }
  }
  function expand(r$60, macro$61, call$62) {
    {
      let known$63 = r$60.expansions;
      if (p$table_has$q(known$63, call$62)) {
        return p$table_get(known$63, call$62);
      } else {
        return p$table_set$x(known$63, call$62, run_macro(r$60, macro$61, call$62));
      }
    }
  }
  function run_macro(r$64, macro$65, call$66) {
    if ((macro$65.state === "resolving")) {
      macro_failed(macro$65, call$66, "it is used inside its own definition");
    } else {
      null;
    }
    {
      let run$67 = r$64.expander(macro$65);
      let origins$68 = p$make_table();
      {
        let answer$69 = p$attempt_macro(run$67, p$map(((form$70) => {
          return data_of(form$70, origins$68);
        }), parts_from(call$66, 1)));
        if (host.isTrue(p$failed_macro$q(answer$69))) {
          return macro_failed(macro$65, call$66, answer$69.reason);
        } else {
          return form_of(answer$69, macro$65, call$66, origins$68);
        }
      }
    }
  }
  function macro_failed(macro$71, call$72, reason$73) {
    return p$refuse_at("macro/failed", { macro: macro$71.name, reason: reason$73 }, p$span_of(call$72));
  }
  function data_of(form$74, origins$75) {
    if (host.isTrue(p$list_form$q(form$74))) {
      return remember(origins$75, form$74, p$map(((each$76) => {
        return data_of(each$76, origins$75);
      }), parts(form$74)));
    } else {
      if (host.isTrue(p$dict_form$q(form$74))) {
        return remember(origins$75, form$74, p$form_data(form$74));
      } else {
        return form$74;
      }
    }
  }
  function remember(origins$77, form$78, data$79) {
    p$table_set$x(origins$77, data$79, form$78);
    return data$79;
  }
  function form_of(value$80, macro$81, call$82, origins$83) {
    if ((value$80 == null)) {
      return null;
    } else {
      if ((p$symbol$q(value$80) || (p$keyword$q(value$80) || (p$string$q(value$80) || (p$number$q(value$80) || p$boolean$q(value$80)))))) {
        return value$80;
      } else {
        if (p$table_has$q(origins$83, value$80)) {
          return p$table_get(origins$83, value$80);
        } else {
          if (p$list$q(value$80)) {
            return form_at(call$82, p$map(((each$84) => {
              return form_of(each$84, macro$81, call$82, origins$83);
            }), value$80));
          } else {
            if (p$dict$q(value$80)) {
              return p$make_dict_form(p$keys(value$80), p$map(((each$85) => {
                return form_of(each$85, macro$81, call$82, origins$83);
              }), p$vals(value$80)), call$82.source, call$82.start, call$82.end);
            } else {
              return macro_failed(macro$81, call$82, "its expansion holds a value that is not code");
            }
          }
        }
      }
    }
  }
  function check_templates(form$86) {
    if (host.isTrue(p$list_form$q(form$86))) {
      if ((host.isTrue(headed$q(form$86, "quasiquote")) && (size(form$86) > 1))) {
        check_template(part(form$86, 1));
      } else {
        null;
      }
      return p$for_each(check_templates, parts(form$86));
    } else {
      return null;
    }
  }
  function check_template(form$87) {
    if ((host.isTrue(p$list_form$q(form$87)) && !host.isTrue(unquoted$q(form$87)))) {
      if (p$symbol$q(part(form$87, 0))) {
        check_binders(form$87, part(form$87, 0).name);
      } else {
        null;
      }
      return p$for_each(check_template, parts(form$87));
    } else {
      return null;
    }
  }
  function unquoted$q(form$88) {
    let or$89;
    return (or$89 = headed$q(form$88, "unquote"), ((or$89 !== false && or$89 != null) ? or$89 : headed$q(form$88, "splice-unquote")));
  }
  function check_binders(form$90, head$91) {
    if (p$contains$q(["let", "let*", "letrec"], head$91)) {
      return check_bindings(form$90);
    } else {
      if (p$contains$q(["fn", "lambda", "catch"], head$91)) {
        return check_parameters(part(form$90, 1));
      } else {
        return null;
      }
    }
  }
  function check_bindings(form$92) {
    if (p$symbol$q(part(form$92, 1))) {
      refuse_plain(part(form$92, 1));
    } else {
      null;
    }
    {
      let bindings$93;
      if (host.isTrue(p$list_form$q(part(form$92, 1)))) {
        bindings$93 = part(form$92, 1);
      } else {
        bindings$93 = part(form$92, 2);
      }
      if (host.isTrue(p$list_form$q(bindings$93))) {
        return p$for_each(((binding$94) => {
          if ((host.isTrue(p$list_form$q(binding$94)) && p$symbol$q(part(binding$94, 0)))) {
            return refuse_plain(part(binding$94, 0));
          } else {
            return null;
          }
        }), parts(bindings$93));
      } else {
        return null;
      }
    }
  }
  function check_parameters(form$95) {
    if ((host.isTrue(p$list_form$q(form$95)) && !host.isTrue(unquoted$q(form$95)))) {
      return p$for_each(((parameter$96) => {
        if (p$symbol$q(parameter$96)) {
          return refuse_plain(parameter$96);
        } else {
          return null;
        }
      }), parts(form$95));
    } else {
      return null;
    }
  }
  function refuse_plain(symbol$97) {
    {
      let name$98 = symbol$97.name;
      if (!(p$ends_with$q(name$98, "#") || (p$starts_with$q(name$98, "&") || ((name$98 === "unquote") || (name$98 === "splice-unquote"))))) {
        return p$refuse_at("macro/unhygienic", { name: name$98 }, p$span_of(symbol$97));
      } else {
        return null;
      }
    }
  }
  function expand_quasiquote(r$99, form$100, scope$101) {
    if (!(size(form$100) === 2)) {
      wrong_shape(form$100, "(quasiquote template)");
    } else {
      null;
    }
    {
      let template$102 = { r: r$99, scope: inner_scope(scope$101), names: p$make_table() };
      {
        let body$103 = template_part(template$102, part(form$100, 1), 1);
        let names$104 = template$102.names;
        if (p$empty$q(p$table_keys(names$104))) {
          return body$103;
        } else {
          return { kind: "let", span: p$span_of(form$100), bindings: p$map(((name$105) => {
            return p$table_get(names$104, name$105);
          }), p$table_keys(names$104)), body: body$103 };
        }
      }
    }
  }
  function template_part(template$106, form$107, depth$108) {
    if (p$symbol$q(form$107)) {
      return template_symbol(template$106, form$107);
    } else {
      if (host.isTrue(p$list_form$q(form$107))) {
        if ((host.isTrue(headed$q(form$107, "unquote")) && (size(form$107) === 2))) {
          if ((depth$108 === 1)) {
            return template_code(template$106, part(form$107, 1));
          } else {
            return template_list(template$106, form$107, (depth$108 - 1));
          }
        } else {
          if ((host.isTrue(headed$q(form$107, "splice-unquote")) && (depth$108 > 1))) {
            return template_list(template$106, form$107, (depth$108 - 1));
          } else {
            if (host.isTrue(headed$q(form$107, "quasiquote"))) {
              return template_list(template$106, form$107, (depth$108 + 1));
            } else {
              return template_list(template$106, form$107, depth$108);
            }
          }
        }
      } else {
        if (host.isTrue(p$dict_form$q(form$107))) {
          return { kind: "dict", span: p$span_of(form$107), keys: form$107.keys, values: p$map(((value$109) => {
            return template_part(template$106, value$109, depth$108);
          }), form$107.values) };
        } else {
          return constant(form$107);
        }
      }
    }
  }
  function template_code(template$110, form$111) {
    return template$110.r.resolve(template$110.r, form$111, template$110.scope);
  }
  function template_symbol(template$112, symbol$113) {
    {
      let name$114 = symbol$113.name;
      let span$115 = p$span_of(symbol$113);
      if ((p$ends_with$q(name$114, "#") && (name$114.length > 1))) {
        return read_local(span$115, fresh_name(template$112, name$114, span$115).local);
      } else {
        return { kind: "const", span: span$115, value: p$make_template_symbol(symbol$113, template$112.r.library) };
      }
    }
  }
  function fresh_name(template$116, name$117, span$118) {
    if (p$table_has$q(template$116.names, name$117)) {
      return p$table_get(template$116.names, name$117);
    } else {
      {
        let stem$119 = { kind: "const", span: span$118, value: name$117.slice(0, (name$117.length - 1)) };
        return p$table_set$x(template$116.names, name$117, { local: bind_generated(template$116.scope, name$117), value: primitive_call(span$118, "gensym", [stem$119]) });
      }
    }
  }
  function template_list(template$120, form$121, depth$122) {
    {
      let span$123 = p$span_of(form$121);
      let segments$124 = [];
      {
        let i$125 = 0;
        let plain$126 = [];
        loop127: while (true) {
          if (p$$e(i$125, size(form$121))) {
            if (p$empty$q(segments$124)) {
              if (host.isTrue(p$every$q(constant$q, plain$126))) {
                return { kind: "const", span: span$123, value: p$map(((core$128) => {
                  return core$128.value;
                }), plain$126) };
              } else {
                return primitive_call(span$123, "list", plain$126);
              }
            } else {
              keep_stretch(segments$124, plain$126, span$123);
              return primitive_call(span$123, "concat", segments$124);
            }
          } else {
            if (((depth$122 === 1) && (host.isTrue(headed$q(part(form$121, i$125), "splice-unquote")) && (size(part(form$121, i$125)) === 2)))) {
              keep_stretch(segments$124, plain$126, span$123);
              segments$124.push(template_code(template$120, part(part(form$121, i$125), 1)));
              const n$129 = (i$125 + 1);
              const n$130 = [];
              i$125 = n$129;
              plain$126 = n$130;
              continue loop127;
            } else {
              plain$126.push(template_part(template$120, part(form$121, i$125), depth$122));
              i$125 = (i$125 + 1);
              continue loop127;
            }
          }
        }
      }
    }
  }
  function keep_stretch(segments$131, plain$132, span$133) {
    if (!p$empty$q(plain$132)) {
      return p$push$x(segments$131, primitive_call(span$133, "list", plain$132));
    } else {
      return null;
    }
  }
  function constant$q(core$134) {
    return (core$134.kind === "const");
  }
  function expand_first(r$135, form$136, scope$137) {
    return resolve_thread(r$135, form$136, scope$137, true);
  }
  function expand_last(r$138, form$139, scope$140) {
    return resolve_thread(r$138, form$139, scope$140, false);
  }
  function resolve_thread(r$141, form$142, scope$143, first$q$144) {
    if ((size(form$142) === 1)) {
      wrong_shape(form$142, p$str("(", head_name(form$142), " value step …)"));
    } else {
      null;
    }
    return r$141.resolve(r$141, p$reduce(((value$145, step$146) => {
      return threaded(form$142, step$146, value$145, first$q$144);
    }), part(form$142, 1), parts_from(form$142, 2)), scope$143);
  }
  function threaded(form$147, step$148, value$149, first$q$150) {
    if (p$symbol$q(step$148)) {
      {
        let start$151 = step$148.start;
        return p$make_list_form([step$148, value$149], form$147.source, start$151, (start$151 + step$148.name.length));
      }
    } else {
      if (!host.isTrue(p$list_form$q(step$148))) {
        return wrong_part(form$147, "steps that are names or calls", "another form", step$148);
      } else {
        if ((size(step$148) === 0)) {
          return wrong_part(form$147, "steps that are names or calls", "an empty list", step$148);
        } else {
          {
            let hole$152 = hole_in(step$148);
            if (!(hole$152 == null)) {
              return form_at(step$148, p$map_indexed(((i$153, each$154) => {
                if (p$$e(i$153, hole$152)) {
                  return value$149;
                } else {
                  return each$154;
                }
              }), parts(step$148)));
            } else {
              if ((first$q$150 !== false && first$q$150 != null)) {
                return form_at(step$148, p$concat([part(step$148, 0), value$149], parts_from(step$148, 1)));
              } else {
                return form_at(step$148, p$concat(parts(step$148), [value$149]));
              }
            }
          }
        }
      }
    }
  }
  function hole_in(step$155) {
    {
      let i$156 = 0;
      loop157: while (true) {
        if (p$$e(i$156, size(step$155))) {
          return null;
        } else {
          if ((p$symbol$q(part(step$155, i$156)) && (part(step$155, i$156).name === "_"))) {
            return i$156;
          } else {
            i$156 = (i$156 + 1);
            continue loop157;
          }
        }
      }
    }
  }
  function expand_when(r$158, form$159, scope$160) {
    if ((size(form$159) === 1)) {
      wrong_shape(form$159, "(when test body …)");
    } else {
      null;
    }
    {
      let test$161 = r$158.resolve(r$158, part(form$159, 1), scope$160);
      return choice(p$span_of(form$159), test$161, r$158.body(r$158, parts_from(form$159, 2), inner_scope(scope$160), form$159), nothing);
    }
  }
  function expand_cond(r$162, form$163, scope$164) {
    return clauses(r$162, form$163, 1, scope$164, ((test$165) => {
      return r$162.resolve(r$162, test$165, scope$164);
    }));
  }
  function expand_case(r$166, form$167, scope$168) {
    if ((size(form$167) === 1)) {
      wrong_shape(form$167, "(case value key result … :else result)");
    } else {
      null;
    }
    {
      let span$169 = p$span_of(form$167);
      let inner$170 = inner_scope(scope$168);
      {
        let local$171 = bind_generated(inner$170, "case value");
        {
          let subject$172 = r$166.resolve(r$166, part(form$167, 1), scope$168);
          {
            let body$173 = clauses(r$166, form$167, 2, inner$170, ((key$174) => {
              return primitive_call(span$169, "=", [read_local(span$169, local$171), r$166.resolve(r$166, key$174, scope$168)]);
            }));
            return { kind: "let", span: span$169, bindings: [{ local: local$171, value: subject$172 }], body: body$173 };
          }
        }
      }
    }
  }
  function clauses(r$175, form$176, start$177, scope$178, test$179) {
    let and$186, or$187;
    {
      let n$180 = size(form$176);
      let span$181 = p$span_of(form$176);
      let pairs$182 = [];
      if (!(p$rem((n$180 - start$177), 2) === 0)) {
        wrong_part(form$176, p$str("(", head_name(form$176), " … test result … :else result)"), "a test without a result", part(form$176, (n$180 - 1)));
      } else {
        null;
      }
      {
        let i$183 = start$177;
        loop184: while (true) {
          if ((i$183 < n$180)) {
            {
              let else$q$185;
              else$q$185 = (and$186 = p$keyword$q(part(form$176, i$183)), ((and$186 !== false && and$186 != null) ? (part(form$176, i$183).name === "else") : and$186));
              if (((else$q$185 !== false && else$q$185 != null) && ((i$183 + 2) < n$180))) {
                p$refuse_at("syntax/else-not-last", { form: head_name(form$176) }, (or$187 = p$span_of(part(form$176, (i$183 + 2))), ((or$187 !== false && or$187 != null) ? or$187 : span$181)));
              } else {
                null;
              }
              pairs$182.push(((else$q$185 !== false && else$q$185 != null) ? null : test$179(part(form$176, i$183))));
              pairs$182.push(r$175.resolve(r$175, part(form$176, (i$183 + 1)), scope$178));
              i$183 = (i$183 + 2);
              continue loop184;
            }
          } else {
            null;
            break loop184;
          }
        }
      }
      {
        let i$188 = (pairs$182.length - 2);
        let otherwise$189 = nothing;
        loop190: while (true) {
          if ((i$188 < 0)) {
            return otherwise$189;
          } else {
            if ((pairs$182[i$188] == null)) {
              const n$191 = (i$188 - 2);
              const n$192 = pairs$182[(i$188 + 1)];
              i$188 = n$191;
              otherwise$189 = n$192;
              continue loop190;
            } else {
              const n$193 = (i$188 - 2);
              const n$194 = choice(span$181, pairs$182[i$188], pairs$182[(i$188 + 1)], otherwise$189);
              i$188 = n$193;
              otherwise$189 = n$194;
              continue loop190;
            }
          }
        }
      }
    }
  }
  function expand_and(r$195, form$196, scope$197) {
    return short_circuit(r$195, form$196, scope$197, "and");
  }
  function expand_or(r$198, form$199, scope$200) {
    return short_circuit(r$198, form$199, scope$200, "or");
  }
  function short_circuit(r$201, form$202, scope$203, name$204) {
    {
      let span$205 = p$span_of(form$202);
      let all$q$206 = (name$204 === "and");
      let values$207 = p$map(((each$208) => {
        return r$201.resolve(r$201, each$208, scope$203);
      }), parts_from(form$202, 1));
      if (p$empty$q(values$207)) {
        return { kind: "const", span: span$205, value: ((all$q$206 !== false && all$q$206 != null) ? true : null) };
      } else {
        {
          let i$209 = (values$207.length - 2);
          let rest_of_it$210 = p$last(values$207);
          loop211: while (true) {
            if ((i$209 < 0)) {
              return rest_of_it$210;
            } else {
              {
                let local$212 = p$make_local(name$204, scope$203.frame, true, null);
                {
                  let kept$213 = read_local(span$205, local$212);
                  (local$212.reads = 2);
                  const n$214 = (i$209 - 1);
                  const n$215 = { kind: "let", span: span$205, bindings: [{ local: local$212, value: values$207[i$209] }], body: ((all$q$206 !== false && all$q$206 != null) ? choice(span$205, kept$213, rest_of_it$210, kept$213) : choice(span$205, kept$213, kept$213, rest_of_it$210)) };
                  i$209 = n$214;
                  rest_of_it$210 = n$215;
                  continue loop211;
                }
              }
            }
          }
        }
      }
    }
  }
  return {
    "parts": parts,
    "part": part,
    "size": size,
    "parts-from": parts_from,
    "headed?": headed$q,
    "head-name": head_name,
    "form-at": form_at,
    "wrong-shape": wrong_shape,
    "wrong-part": wrong_part,
    "constant": constant,
    "nothing": nothing,
    "choice": choice,
    "primitive-call": primitive_call,
    "read-local": read_local,
    "in-sequence": in_sequence,
    "outermost-scope": outermost_scope,
    "inner-scope": inner_scope,
    "function-scope": function_scope,
    "bind": bind,
    "bind-generated": bind_generated,
    "keep-local": keep_local,
    "binds?": binds$q,
    "find-local": find_local,
    "scope-names": scope_names,
    "deepest-expansion": deepest_expansion,
    "expand-then": expand_then,
    "expand": expand,
    "run-macro": run_macro,
    "macro-failed": macro_failed,
    "data-of": data_of,
    "remember": remember,
    "form-of": form_of,
    "check-templates": check_templates,
    "check-template": check_template,
    "unquoted?": unquoted$q,
    "check-binders": check_binders,
    "check-bindings": check_bindings,
    "check-parameters": check_parameters,
    "refuse-plain": refuse_plain,
    "expand-quasiquote": expand_quasiquote,
    "template-part": template_part,
    "template-code": template_code,
    "template-symbol": template_symbol,
    "fresh-name": fresh_name,
    "template-list": template_list,
    "keep-stretch": keep_stretch,
    "constant?": constant$q,
    "expand-first": expand_first,
    "expand-last": expand_last,
    "resolve-thread": resolve_thread,
    "threaded": threaded,
    "hole-in": hole_in,
    "expand-when": expand_when,
    "expand-cond": expand_cond,
    "expand-case": expand_case,
    "clauses": clauses,
    "expand-and": expand_and,
    "expand-or": expand_or,
    "short-circuit": short_circuit,
  };
}
