// Emitted from sx/spec/hash.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$make_table = host.primitive("make-table");
  const p$push$x = host.primitive("push!");
  const p$empty$q = host.primitive("empty?");
  const p$map = host.primitive("map");
  const p$for_each = host.primitive("for-each");
  const p$filter = host.primitive("filter");
  const p$concat = host.primitive("concat");
  const p$$e = host.primitive("=");
  const p$str = host.primitive("str");
  const p$readable_name$q = host.primitive("readable-name?");
  const p$refuse_at = host.primitive("refuse-at");
  const p$table_set$x = host.primitive("table-set!");
  const p$cons = host.primitive("cons");
  const p$raise = host.primitive("raise");
  const p$condition = host.primitive("condition");
  const p$reduce = host.primitive("reduce");
  const p$definition$q = host.primitive("definition?");
  const p$map_indexed = host.primitive("map-indexed");
  const p$written_key = host.primitive("written-key");
  const p$html_tag$q = host.primitive("html-tag?");
  const p$rest = host.primitive("rest");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$boolean$q = host.primitive("boolean?");
  const p$number$q = host.primitive("number?");
  const p$string$q = host.primitive("string?");
  const p$written = host.primitive("written");
  const p$some = host.primitive("some");
  const p$symbol$q = host.primitive("symbol?");
  const p$list$q = host.primitive("list?");
  const p$keys = host.primitive("keys");
  const p$get = host.primitive("get");
  const p$dict$q = host.primitive("dict?");
  const p$template_symbol$q = host.primitive("template-symbol?");
  const p$made_symbol$q = host.primitive("made-symbol?");
  const p$template_definition = host.primitive("template-definition");
  const p$symbol_name = host.primitive("symbol-name");
  const p$table_get = host.primitive("table-get");
  const p$made_name$q = host.primitive("made-name?");
  const p$table_has$q = host.primitive("table-has?");
  const p$resolve_definition = host.primitive("resolve-definition");
  const p$table_keys = host.primitive("table-keys");
  const p$sha256 = host.primitive("sha256");
  const p$sort = host.primitive("sort");
  const p$join = host.primitive("join");
  function make_speller(definition$1) {
    return { definition: definition$1, out: [], names: p$make_table(), symbols: p$make_table(), made: 0 };
  }
  function say(s$2, text$3) {
    return p$push$x(s$2.out, text$3);
  }
  function spell_definition(definition$4) {
    {
      let s$5 = make_speller(definition$4);
      let core$6 = definition$4.core;
      {
        let case_value$7 = definition$4.kind;
        if ((case_value$7 === "component")) {
          spell_component(s$5, definition$4, core$6);
        } else {
          if ((case_value$7 === "macro")) {
            spell_macro(s$5, definition$4, core$6);
          } else {
            spell_define(s$5, definition$4, core$6);
          }
        }
      }
      return s$5.out;
    }
  }
  function spell_define(s$8, definition$9, core$10) {
    say(s$8, "(define ");
    say(s$8, definition$9);
    say(s$8, " ");
    spell(s$8, core$10, null);
    return say(s$8, ")");
  }
  function spell_macro(s$11, definition$12, core$13) {
    say(s$11, "(defmacro ");
    say(s$11, definition$12);
    say(s$11, " ");
    return spell_lambda_list(s$11, core$13, null);
  }
  function spell_component(s$14, definition$15, core$16) {
    {
      let shape$17 = definition$15.shape;
      say(s$14, "(defcomp ");
      say(s$14, definition$15);
      say(s$14, " (");
      {
        let env$18 = spell_header(s$14, shape$17);
        say(s$14, ")");
        return spell_body(s$14, core$16.body, env$18);
      }
    }
  }
  function spell_header(s$19, shape$20) {
    {
      let words$21 = [];
      if (!p$empty$q(shape$20.env)) {
        words$21.push(((env$22) => {
          say(s$19, "&env (");
          {
            let inner$23 = bind_all(s$19, env$22, p$map(((each$24) => {
              return each$24.local;
            }), shape$20.env));
            say(s$19, ")");
            return inner$23;
          }
        }));
      } else {
        null;
      }
      if (!p$empty$q(shape$20.props)) {
        words$21.push(((env$25) => {
          say(s$19, "&key");
          return env$25;
        }));
        p$for_each(((prop$26) => {
          return p$push$x(words$21, ((env$27) => {
            return spell_prop(s$19, prop$26, env$27);
          }));
        }), shape$20.props);
      } else {
        null;
      }
      add_section(s$19, words$21, "&attrs ", shape$20.attrs);
      add_section(s$19, words$21, "&rest ", shape$20.children);
      p$for_each(((local$28) => {
        return keep_name(s$19, local$28);
      }), header_locals(shape$20));
      return spaced(s$19, words$21, null);
    }
  }
  function header_locals(shape$29) {
    return p$filter(((local$30) => {
      return !(local$30 == null);
    }), p$concat(p$map(((each$31) => {
      return each$31.local;
    }), shape$29.env), p$map(((prop$32) => {
      return prop$32.local;
    }), shape$29.props), [shape$29.attrs, shape$29.children]));
  }
  function add_section(s$33, words$34, mark$35, local$36) {
    if (!(local$36 == null)) {
      return p$push$x(words$34, ((env$37) => {
        say(s$33, mark$35);
        return bind(s$33, env$37, local$36);
      }));
    } else {
      return null;
    }
  }
  function spaced(s$38, writers$39, env$40) {
    {
      let i$41 = 0;
      let env$42 = env$40;
      loop43: while (true) {
        if (p$$e(i$41, writers$39.length)) {
          return env$42;
        } else {
          if ((i$41 > 0)) {
            say(s$38, " ");
          } else {
            null;
          }
          {
            let write$44 = writers$39[i$41];
            const n$45 = (i$41 + 1);
            const n$46 = write$44(env$42);
            i$41 = n$45;
            env$42 = n$46;
            continue loop43;
          }
        }
      }
    }
  }
  function spell_prop(s$47, prop$48, env$49) {
    {
      let name$50 = prop$48.local.name;
      let type$51 = prop$48.type;
      let default_$52 = prop$48.fallback;
      if (((type$51 == null) && ((default_$52 == null) && !host.isTrue(prop$48.required)))) {
        say(s$47, name$50);
      } else {
        say(s$47, p$str("(", name$50));
        if (!(type$51 == null)) {
          say(s$47, p$str(" :type ", type$51));
        } else {
          null;
        }
        if (!(default_$52 == null)) {
          say(s$47, " :default ");
          spell(s$47, default_$52, env$49);
        } else {
          null;
        }
        if (host.isTrue(prop$48.required)) {
          say(s$47, " :required true");
        } else {
          null;
        }
        say(s$47, ")");
      }
      return extend(env$49, prop$48.local);
    }
  }
  function keep_name(s$53, local$54) {
    {
      let name$55 = local$54.name;
      if ((host.isTrue(canonical_name$q(name$55)) || !host.isTrue(p$readable_name$q(name$55)))) {
        p$refuse_at("name/reserved", { name: name$55 }, s$53.definition.span);
      } else {
        null;
      }
      return p$table_set$x(s$53.names, local$54, name$55);
    }
  }
  function spell(s$56, core$57, env$58) {
    {
      let case_value$59 = core$57.kind;
      if ((case_value$59 === "const")) {
        return spell_constant(s$56, core$57.value, env$58);
      } else {
        if ((case_value$59 === "local")) {
          return say(s$56, local_name(s$56, core$57.local));
        } else {
          if ((case_value$59 === "definition")) {
            return say(s$56, core$57.definition);
          } else {
            if ((case_value$59 === "primitive")) {
              return say(s$56, primitive_name(s$56, core$57.name, env$58));
            } else {
              if ((case_value$59 === "call")) {
                return spell_call(s$56, core$57, env$58);
              } else {
                if ((case_value$59 === "if")) {
                  return spell_parts(s$56, "if", [core$57.test, core$57.yes, core$57.no], env$58);
                } else {
                  if ((case_value$59 === "let")) {
                    return spell_let(s$56, core$57, env$58);
                  } else {
                    if ((case_value$59 === "letrec")) {
                      return spell_letrec(s$56, core$57, env$58);
                    } else {
                      if ((case_value$59 === "fn")) {
                        return spell_fn(s$56, core$57, env$58);
                      } else {
                        if ((case_value$59 === "do")) {
                          return spell_parts(s$56, "do", core$57.forms, env$58);
                        } else {
                          if ((case_value$59 === "set")) {
                            return spell_set(s$56, core$57, env$58);
                          } else {
                            if ((case_value$59 === "dict")) {
                              return spell_dict(s$56, core$57, env$58);
                            } else {
                              if ((case_value$59 === "element")) {
                                return spell_markup(s$56, core$57, element_head(core$57), core$57.attributes, env$58);
                              } else {
                                if ((case_value$59 === "component-call")) {
                                  return spell_markup(s$56, core$57, null, core$57.props, env$58);
                                } else {
                                  if ((case_value$59 === "fragment")) {
                                    return spell_parts(s$56, "\u003c>", core$57.children, env$58);
                                  } else {
                                    if ((case_value$59 === "try")) {
                                      return spell_try(s$56, core$57, env$58);
                                    } else {
                                      if ((case_value$59 === "provide")) {
                                        return spell_around(s$56, "provide", [core$57.key, core$57.value], core$57.body, env$58);
                                      } else {
                                        if ((case_value$59 === "context")) {
                                          return spell_parts(s$56, "context", with_optional([core$57.key], core$57.fallback), env$58);
                                        } else {
                                          if ((case_value$59 === "prompt")) {
                                            return spell_around(s$56, "prompt", [core$57.tag], core$57.body, env$58);
                                          } else {
                                            if ((case_value$59 === "capture")) {
                                              return spell_capture(s$56, core$57, env$58);
                                            } else {
                                              if ((case_value$59 === "perform")) {
                                                return spell_parts(s$56, "perform", p$cons(core$57.operation, core$57.args), env$58);
                                              } else {
                                                return p$raise(p$condition("content/unknown-form", p$str("no canonical text is known for ", core$57.kind), null));
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function with_optional(parts$60, more$61) {
    if ((more$61 == null)) {
      return parts$60;
    } else {
      return p$concat(parts$60, [more$61]);
    }
  }
  function spell_each(s$62, cores$63, env$64) {
    return p$for_each(((core$65) => {
      say(s$62, " ");
      return spell(s$62, core$65, env$64);
    }), cores$63);
  }
  function spell_parts(s$66, head$67, cores$68, env$69) {
    say(s$66, p$str("(", head$67));
    spell_each(s$66, cores$68, env$69);
    return say(s$66, ")");
  }
  function spell_body(s$70, core$71, env$72) {
    spell_each(s$70, forms_of(core$71), env$72);
    return say(s$70, ")");
  }
  function forms_of(core$73) {
    if ((core$73.kind === "do")) {
      return core$73.forms;
    } else {
      return [core$73];
    }
  }
  function spell_around(s$74, head$75, cores$76, body$77, env$78) {
    say(s$74, p$str("(", head$75));
    spell_each(s$74, cores$76, env$78);
    return spell_body(s$74, body$77, env$78);
  }
  function spell_fn(s$79, core$80, env$81) {
    say(s$79, "(fn ");
    return spell_lambda_list(s$79, core$80, env$81);
  }
  function spell_lambda_list(s$82, core$83, env$84) {
    say(s$82, "(");
    {
      let inner$85 = bind_all(s$82, env$84, core$83.parameters);
      let more$86 = core$83.rest;
      if (!(more$86 == null)) {
        say(s$82, (p$empty$q(core$83.parameters) ? "&rest " : " &rest "));
      } else {
        null;
      }
      {
        let inner$87;
        if ((more$86 == null)) {
          inner$87 = inner$85;
        } else {
          inner$87 = bind(s$82, inner$85, more$86);
        }
        say(s$82, ")");
        return spell_body(s$82, core$83.body, inner$87);
      }
    }
  }
  function spell_let(s$88, core$89, env$90) {
    say(s$88, "(let (");
    {
      let inner$91 = spaced(s$88, p$map(((binding$92) => {
        return ((env$93) => {
          return spell_binding(s$88, binding$92, env$93);
        });
      }), core$89.bindings), env$90);
      say(s$88, ")");
      return spell_body(s$88, core$89.body, inner$91);
    }
  }
  function spell_binding(s$94, binding$95, env$96) {
    say(s$94, "(");
    {
      let inner$97 = bind(s$94, env$96, binding$95.local);
      say(s$94, " ");
      spell(s$94, binding$95.value, env$96);
      say(s$94, ")");
      return inner$97;
    }
  }
  function spell_letrec(s$98, core$99, env$100) {
    {
      let bindings$101 = core$99.bindings;
      p$for_each(((binding$102) => {
        return spare_outer(s$98, binding$102.local, core$99, env$100);
      }), bindings$101);
      {
        let inner$103 = p$reduce(((env$104, binding$105) => {
          return extend(env$104, binding$105.local);
        }), env$100, bindings$101);
        say(s$98, "(letrec (");
        spaced(s$98, p$map(((binding$106) => {
          return ((env$107) => {
            say(s$98, p$str("(", local_name(s$98, binding$106.local), " "));
            spell(s$98, binding$106.value, env$107);
            say(s$98, ")");
            return env$107;
          });
        }), bindings$101), inner$103);
        say(s$98, ")");
        return spell_body(s$98, core$99.body, inner$103);
      }
    }
  }
  function spare_outer(s$108, local$109, core$110, env$111) {
    {
      let outer$112 = find_name(s$108, env$111, local$109.name);
      if ((!(outer$112 == null) && (!host.isTrue(numbered$q(local$109)) && host.isTrue(mentions$q(core$110, outer$112))))) {
        return p$table_set$x(s$108.names, local$109, numbered_name(s$108, local$109.name));
      } else {
        return null;
      }
    }
  }
  function spell_set(s$113, core$114, env$115) {
    {
      let target$116 = core$114.target;
      say(s$113, "(set! ");
      say(s$113, (host.isTrue(p$definition$q(target$116)) ? target$116 : local_name(s$113, target$116)));
      spell_each(s$113, [core$114.value], env$115);
      return say(s$113, ")");
    }
  }
  function spell_dict(s$117, core$118, env$119) {
    {
      let values$120 = core$118.values;
      return spell_entries(s$117, core$118.keys, ((i$121, key$122) => {
        return spell(s$117, values$120[i$121], env$119);
      }));
    }
  }
  function spell_entries(s$123, keys$124, spell_value$125) {
    say(s$123, "{");
    p$map_indexed(((i$126, key$127) => {
      say(s$123, p$str(((i$126 === 0) ? "" : " "), p$written_key(key$127), " "));
      return spell_value$125(i$126, key$127);
    }), keys$124);
    return say(s$123, "}");
  }
  function spell_try(s$128, core$129, env$130) {
    say(s$128, "(try");
    spell_each(s$128, forms_of(core$129.body), env$130);
    if (!(core$129.handler == null)) {
      say(s$128, " (catch (");
      {
        let inner$131 = bind(s$128, env$130, core$129.caught);
        say(s$128, ")");
        spell_body(s$128, core$129.handler, inner$131);
      }
    } else {
      null;
    }
    if (!(core$129.cleanup == null)) {
      say(s$128, " (finally");
      spell_body(s$128, core$129.cleanup, env$130);
    } else {
      null;
    }
    return say(s$128, ")");
  }
  function spell_capture(s$132, core$133, env$134) {
    say(s$132, "(capture");
    spell_each(s$132, [core$133.tag], env$134);
    say(s$132, " (");
    {
      let inner$135 = bind(s$132, env$134, core$133.local);
      say(s$132, ")");
      return spell_body(s$132, core$133.body, inner$135);
    }
  }
  function spell_markup(s$136, core$137, head$138, named$139, env$140) {
    say(s$136, "(");
    if ((head$138 == null)) {
      spell(s$136, core$137.component, env$140);
    } else {
      say(s$136, head$138);
    }
    p$for_each(((each$141) => {
      if ((each$141.name == null)) {
        say(s$136, " ");
        return spell_parts(s$136, "spread", [each$141.value], env$140);
      } else {
        say(s$136, p$str(" :", each$141.name, " "));
        return spell(s$136, each$141.value, env$140);
      }
    }), named$139);
    spell_each(s$136, core$137.children, env$140);
    return say(s$136, ")");
  }
  function element_head(core$142) {
    {
      let tag$143 = core$142.tag;
      if ((tag$143 === "map")) {
        return "html:map";
      } else {
        if (host.isTrue(p$html_tag$q(tag$143))) {
          return tag$143;
        } else {
          return p$str("svg:", tag$143);
        }
      }
    }
  }
  function spell_call(s$144, core$145, env$146) {
    {
      let callee$147 = core$145.callee;
      let args$148 = core$145.args;
      if (host.isTrue(suspense$q(callee$147, args$148))) {
        say(s$144, "(suspense :fallback ");
        spell(s$144, args$148[0].body, env$146);
        spell_each(s$144, p$rest(args$148), env$146);
        return say(s$144, ")");
      } else {
        say(s$144, "(");
        if (host.isTrue(misread$q(s$144, callee$147, env$146))) {
          spell_parts(s$144, "do", [callee$147], env$146);
        } else {
          spell(s$144, callee$147, env$146);
        }
        spell_each(s$144, args$148, env$146);
        return say(s$144, ")");
      }
    }
  }
  function suspense$q(callee$149, args$150) {
    let and$151, and$152, and$153, and$154, and$155;
    return (and$151 = (callee$149.kind === "primitive"), ((and$151 !== false && and$151 != null) ? (and$152 = (callee$149.name === "suspense"), ((and$152 !== false && and$152 != null) ? (and$153 = (args$150.length === 3), ((and$153 !== false && and$153 != null) ? (and$154 = (args$150[0].kind === "fn"), ((and$154 !== false && and$154 != null) ? (and$155 = p$empty$q(args$150[0].parameters), ((and$155 !== false && and$155 != null) ? (args$150[0].rest == null) : and$155)) : and$154)) : and$153)) : and$152)) : and$151));
  }
  function misread$q(s$156, callee$157, env$158) {
    let or$161;
    {
      let case_value$159 = callee$157.kind;
      if ((case_value$159 === "local")) {
        return names_markup$q(local_name(s$156, callee$157.local));
      } else {
        if ((case_value$159 === "definition")) {
          return (callee$157.definition.kind === "component");
        } else {
          if ((case_value$159 === "primitive")) {
            {
              let name$160 = primitive_name(s$156, callee$157.name, env$158);
              return (or$161 = (name$160 === "suspense"), ((or$161 !== false && or$161 != null) ? or$161 : names_markup$q(name$160)));
            }
          } else {
            return false;
          }
        }
      }
    }
  }
  function names_markup$q(name$162) {
    let or$163, or$164, or$165, and$166;
    return (or$163 = p$starts_with$q(name$162, "~"), ((or$163 !== false && or$163 != null) ? or$163 : (or$164 = p$starts_with$q(name$162, "html:"), ((or$164 !== false && or$164 != null) ? or$164 : (or$165 = p$starts_with$q(name$162, "svg:"), ((or$165 !== false && or$165 != null) ? or$165 : (and$166 = p$html_tag$q(name$162), ((and$166 !== false && and$166 != null) ? !(name$162 === "map") : and$166))))))));
  }
  function spell_constant(s$167, value$168, env$169) {
    if (((value$168 == null) || (p$boolean$q(value$168) || (p$number$q(value$168) || p$string$q(value$168))))) {
      return say(s$167, p$written(value$168));
    } else {
      if (!host.isTrue(p$some(marked_symbol$q, atoms_of(value$168)))) {
        return say(s$167, p$str("(quote ", p$written(value$168), ")"));
      } else {
        if (p$symbol$q(value$168)) {
          say(s$167, "(quasiquote ");
          spell_symbol(s$167, value$168);
          return say(s$167, ")");
        } else {
          if (p$list$q(value$168)) {
            say(s$167, p$str("(", primitive_name(s$167, "list", env$169)));
            p$for_each(((each$170) => {
              say(s$167, " ");
              return spell_constant(s$167, each$170, env$169);
            }), value$168);
            return say(s$167, ")");
          } else {
            return spell_entries(s$167, p$keys(value$168), ((i$171, key$172) => {
              return spell_constant(s$167, p$get(value$168, key$172), env$169);
            }));
          }
        }
      }
    }
  }
  function atoms_of(value$173) {
    {
      let waiting$174 = [value$173];
      let atoms$175 = [];
      {
        let left$176 = 1;
        loop177: while (true) {
          if ((left$176 > 0)) {
            {
              let part$178 = waiting$174.pop();
              if (p$list$q(part$178)) {
                p$for_each(((each$179) => {
                  return p$push$x(waiting$174, each$179);
                }), part$178);
              } else {
                if (p$dict$q(part$178)) {
                  p$for_each(((key$180) => {
                    return p$push$x(waiting$174, p$get(part$178, key$180));
                  }), p$keys(part$178));
                } else {
                  atoms$175.push(part$178);
                }
              }
              left$176 = waiting$174.length;
              continue loop177;
            }
          } else {
            null;
            break loop177;
          }
        }
      }
      return atoms$175;
    }
  }
  function marked_symbol$q(value$181) {
    let and$182, or$183;
    return (and$182 = p$symbol$q(value$181), ((and$182 !== false && and$182 != null) ? (or$183 = p$template_symbol$q(value$181), ((or$183 !== false && or$183 != null) ? or$183 : p$made_symbol$q(value$181))) : and$182));
  }
  function spell_symbol(s$184, symbol$185) {
    {
      let definition$186 = p$template_definition(symbol$185);
      let name$187 = p$symbol_name(symbol$185);
      if (!host.isTrue(p$template_symbol$q(symbol$185))) {
        return say(s$184, made_symbol_name(s$184, name$187));
      } else {
        if (!(definition$186 == null)) {
          return say(s$184, definition$186);
        } else {
          if (host.isTrue(canonical_name$q(name$187))) {
            return p$refuse_at("name/reserved", { name: name$187 }, s$184.definition.span);
          } else {
            return say(s$184, p$written(symbol$185));
          }
        }
      }
    }
  }
  function made_symbol_name(s$188, name$189) {
    {
      let known$190 = p$table_get(s$188.symbols, name$189);
      if ((known$190 == null)) {
        return p$table_set$x(s$188.symbols, name$189, p$str("@g:", next_number(s$188)));
      } else {
        return known$190;
      }
    }
  }
  function canonical_name$q(name$191) {
    let or$192;
    return (or$192 = p$starts_with$q(name$191, "@"), ((or$192 !== false && or$192 != null) ? or$192 : p$starts_with$q(name$191, "~@")));
  }
  function next_number(s$193) {
    {
      let number$194 = s$193.made;
      (s$193.made = (number$194 + 1));
      return number$194;
    }
  }
  function numbered$q(local$195) {
    let or$197, and$198, or$199, or$200;
    {
      let name$196 = local$195.name;
      return (or$197 = local$195.generated, ((or$197 !== false && or$197 != null) ? or$197 : (or$199 = (and$198 = (local$195.span == null), ((and$198 !== false && and$198 != null) ? p$made_name$q(name$196) : and$198)), ((or$199 !== false && or$199 != null) ? or$199 : (or$200 = canonical_name$q(name$196), ((or$200 !== false && or$200 != null) ? or$200 : !host.isTrue(p$readable_name$q(name$196))))))));
    }
  }
  function numbered_name(s$201, name$202) {
    return p$str((p$starts_with$q(name$202, "~") ? "~@" : "@"), next_number(s$201));
  }
  function local_name(s$203, local$204) {
    let or$205;
    return (or$205 = p$table_get(s$203.names, local$204), ((or$205 !== false && or$205 != null) ? or$205 : p$table_set$x(s$203.names, local$204, (host.isTrue(numbered$q(local$204)) ? numbered_name(s$203, local$204.name) : local$204.name))));
  }
  function primitive_name(s$206, name$207, env$208) {
    if ((find_name(s$206, env$208, name$207) == null)) {
      return name$207;
    } else {
      return p$str("@p:", name$207);
    }
  }
  function extend(env$209, local$210) {
    return { local: local$210, next: env$209 };
  }
  function find_name(s$211, env$212, name$213) {
    loop214: while (true) {
      if ((env$212 == null)) {
        return null;
      } else {
        if ((local_name(s$211, env$212.local) === name$213)) {
          return env$212.local;
        } else {
          env$212 = env$212.next;
          continue loop214;
        }
      }
    }
  }
  function bind(s$215, env$216, local$217) {
    say(s$215, local_name(s$215, local$217));
    return extend(env$216, local$217);
  }
  function bind_all(s$218, env$219, locals$220) {
    return spaced(s$218, p$map(((local$221) => {
      return ((env$222) => {
        return bind(s$218, env$222, local$221);
      });
    }), locals$220), env$219);
  }
  function mentions$q(core$223, local$224) {
    let local$224c = local$224;
    loop225: while (true) {
      let local$224 = local$224c;
      {
        let case_value$226 = core$223.kind;
        if ((case_value$226 === "local")) {
          return (core$223.local === local$224);
        } else {
          if ((case_value$226 === "set")) {
            {
              let or$227 = (core$223.target === local$224);
              if ((or$227 !== false && or$227 != null)) {
                return or$227;
              } else {
                core$223 = core$223.value;
                continue loop225;
              }
            }
          } else {
            return p$some(((part$228) => {
              return mentions$q(part$228, local$224);
            }), parts_of(core$223));
          }
        }
      }
    }
  }
  function parts_of(core$229) {
    {
      let case_value$230 = core$229.kind;
      if ((case_value$230 === "call")) {
        return p$cons(core$229.callee, core$229.args);
      } else {
        if ((case_value$230 === "if")) {
          return [core$229.test, core$229.yes, core$229.no];
        } else {
          if ((case_value$230 === "let")) {
            return p$cons(core$229.body, p$map(((binding$231) => {
              return binding$231.value;
            }), core$229.bindings));
          } else {
            if ((case_value$230 === "letrec")) {
              return p$cons(core$229.body, p$map(((binding$232) => {
                return binding$232.value;
              }), core$229.bindings));
            } else {
              if ((case_value$230 === "fn")) {
                return [core$229.body];
              } else {
                if ((case_value$230 === "do")) {
                  return core$229.forms;
                } else {
                  if ((case_value$230 === "dict")) {
                    return core$229.values;
                  } else {
                    if ((case_value$230 === "element")) {
                      return p$concat(p$map(((each$233) => {
                        return each$233.value;
                      }), core$229.attributes), core$229.children);
                    } else {
                      if ((case_value$230 === "component-call")) {
                        return p$cons(core$229.component, p$concat(p$map(((each$234) => {
                          return each$234.value;
                        }), core$229.props), core$229.children));
                      } else {
                        if ((case_value$230 === "fragment")) {
                          return core$229.children;
                        } else {
                          if ((case_value$230 === "try")) {
                            return with_optional(with_optional([core$229.body], core$229.handler), core$229.cleanup);
                          } else {
                            if ((case_value$230 === "provide")) {
                              return [core$229.key, core$229.value, core$229.body];
                            } else {
                              if ((case_value$230 === "context")) {
                                return with_optional([core$229.key], core$229.fallback);
                              } else {
                                if ((case_value$230 === "prompt")) {
                                  return [core$229.tag, core$229.body];
                                } else {
                                  if ((case_value$230 === "capture")) {
                                    return [core$229.tag, core$229.body];
                                  } else {
                                    if ((case_value$230 === "perform")) {
                                      return p$cons(core$229.operation, core$229.args);
                                    } else {
                                      return [];
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function hash_definitions(known$235, definitions$236) {
    {
      let g$237 = { known: known$235, nodes: p$make_table(), path: [], open: [], entered: 0 };
      p$for_each(((definition$238) => {
        if (!(p$table_has$q(known$235, definition$238) || p$table_has$q(g$237.nodes, definition$238))) {
          enter(g$237, definition$238);
          return explore(g$237);
        } else {
          return null;
        }
      }), definitions$236);
      return known$235;
    }
  }
  function enter(g$239, definition$240) {
    {
      let out$241 = spell_definition(p$resolve_definition(definition$240));
      let number$242 = g$239.entered;
      {
        let node$243 = { definition: definition$240, out: out$241, references: references_in(out$241, definition$240), next: 0, number: number$242, low: number$242, open: true };
        (g$239.entered = (number$242 + 1));
        p$table_set$x(g$239.nodes, definition$240, node$243);
        g$239.path.push(node$243);
        return p$push$x(g$239.open, node$243);
      }
    }
  }
  function references_in(out$244, self$245) {
    {
      let found$246 = p$make_table();
      p$for_each(((part$247) => {
        if ((host.isTrue(p$definition$q(part$247)) && !(part$247 === self$245))) {
          return p$table_set$x(found$246, part$247, true);
        } else {
          return null;
        }
      }), out$244);
      return p$table_keys(found$246);
    }
  }
  function explore(g$248) {
    loop249: while (true) {
      if ((g$248.path.length > 0)) {
        {
          let node$250 = innermost(g$248.path);
          if ((node$250.next < node$250.references.length)) {
            (node$250.next = (node$250.next + 1));
            follow(g$248, node$250, node$250.references[(node$250.next - 1)]);
          } else {
            leave(g$248, node$250);
          }
          continue loop249;
        }
      } else {
        return null;
      }
    }
  }
  function innermost(items$251) {
    return items$251[(items$251.length - 1)];
  }
  function follow(g$252, node$253, definition$254) {
    {
      let target$255 = p$table_get(g$252.nodes, definition$254);
      if (p$table_has$q(g$252.known, definition$254)) {
        return null;
      } else {
        if ((target$255 == null)) {
          return enter(g$252, definition$254);
        } else {
          if (host.isTrue(target$255.open)) {
            return lower_to(node$253, target$255.number);
          } else {
            return null;
          }
        }
      }
    }
  }
  function lower_to(node$256, number$257) {
    if ((number$257 < node$256.low)) {
      return (node$256.low = number$257);
    } else {
      return null;
    }
  }
  function leave(g$258, node$259) {
    g$258.path.pop();
    if ((g$258.path.length > 0)) {
      lower_to(innermost(g$258.path), node$259.low);
    } else {
      null;
    }
    if ((node$259.low === node$259.number)) {
      return close_group(g$258, take_group(g$258, node$259, []));
    } else {
      return null;
    }
  }
  function take_group(g$260, node$261, group$262) {
    loop263: while (true) {
      {
        let taken$264 = g$260.open.pop();
        (taken$264.open = false);
        group$262.push(taken$264);
        if ((taken$264 === node$261)) {
          return group$262;
        } else {
          continue loop263;
        }
      }
    }
  }
  function close_group(g$265, group$266) {
    {
      let members$267 = in_name_order(group$266);
      {
        let text$268 = group_text(g$265, members$267);
        {
          let hash$269 = p$sha256(text$268);
          return p$map_indexed(((i$270, node$271) => {
            return p$table_set$x(g$265.known, node$271.definition, { definition: node$271.definition, hash: hash$269, member: ((members$267.length === 1) ? null : i$270), text: text$268, references: node$271.references });
          }), members$267);
        }
      }
    }
  }
  function in_name_order(group$272) {
    {
      let by_name$273 = p$make_table();
      p$for_each(((node$274) => {
        return p$table_set$x(by_name$273, node$274.definition.name, node$274);
      }), group$272);
      return p$map(((name$275) => {
        return p$table_get(by_name$273, name$275);
      }), p$sort(p$table_keys(by_name$273)));
    }
  }
  function group_text(g$276, members$277) {
    {
      let numbers$278 = p$make_table();
      p$map_indexed(((i$279, node$280) => {
        return p$table_set$x(numbers$278, node$280.definition, i$279);
      }), members$277);
      return p$str(";sx1 ", p$join(p$map(((node$281) => {
        return kind_word(node$281.definition);
      }), members$277), ","), "\n", p$join(p$map(((node$282) => {
        return p$str(node_text(g$276, numbers$278, node$282), "\n");
      }), members$277), ""));
    }
  }
  function kind_word(definition$283) {
    if ((definition$283.kind === "function")) {
      return "value";
    } else {
      return definition$283.kind;
    }
  }
  function node_text(g$284, numbers$285, node$286) {
    return p$join(p$map(((part$287) => {
      if (host.isTrue(p$definition$q(part$287))) {
        return reference(g$284, numbers$285, part$287);
      } else {
        return part$287;
      }
    }), node$286.out), "");
  }
  function reference(g$288, numbers$289, definition$290) {
    if (p$table_has$q(numbers$289, definition$290)) {
      return p$str("@c:", p$table_get(numbers$289, definition$290));
    } else {
      return p$str("@h:", reference_name(p$table_get(g$288.known, definition$290)));
    }
  }
  function reference_name(record$291) {
    if ((record$291.member == null)) {
      return record$291.hash;
    } else {
      return p$str(record$291.hash, ".", record$291.member);
    }
  }
  return {
    "make-speller": make_speller,
    "say": say,
    "spell-definition": spell_definition,
    "spell-define": spell_define,
    "spell-macro": spell_macro,
    "spell-component": spell_component,
    "spell-header": spell_header,
    "header-locals": header_locals,
    "add-section": add_section,
    "spaced": spaced,
    "spell-prop": spell_prop,
    "keep-name": keep_name,
    "spell": spell,
    "with-optional": with_optional,
    "spell-each": spell_each,
    "spell-parts": spell_parts,
    "spell-body": spell_body,
    "forms-of": forms_of,
    "spell-around": spell_around,
    "spell-fn": spell_fn,
    "spell-lambda-list": spell_lambda_list,
    "spell-let": spell_let,
    "spell-binding": spell_binding,
    "spell-letrec": spell_letrec,
    "spare-outer": spare_outer,
    "spell-set": spell_set,
    "spell-dict": spell_dict,
    "spell-entries": spell_entries,
    "spell-try": spell_try,
    "spell-capture": spell_capture,
    "spell-markup": spell_markup,
    "element-head": element_head,
    "spell-call": spell_call,
    "suspense?": suspense$q,
    "misread?": misread$q,
    "names-markup?": names_markup$q,
    "spell-constant": spell_constant,
    "atoms-of": atoms_of,
    "marked-symbol?": marked_symbol$q,
    "spell-symbol": spell_symbol,
    "made-symbol-name": made_symbol_name,
    "canonical-name?": canonical_name$q,
    "next-number": next_number,
    "numbered?": numbered$q,
    "numbered-name": numbered_name,
    "local-name": local_name,
    "primitive-name": primitive_name,
    "extend": extend,
    "find-name": find_name,
    "bind": bind,
    "bind-all": bind_all,
    "mentions?": mentions$q,
    "parts-of": parts_of,
    "hash-definitions": hash_definitions,
    "enter": enter,
    "references-in": references_in,
    "explore": explore,
    "innermost": innermost,
    "follow": follow,
    "lower-to": lower_to,
    "leave": leave,
    "take-group": take_group,
    "close-group": close_group,
    "in-name-order": in_name_order,
    "group-text": group_text,
    "kind-word": kind_word,
    "node-text": node_text,
    "reference": reference,
    "reference-name": reference_name,
  };
}
