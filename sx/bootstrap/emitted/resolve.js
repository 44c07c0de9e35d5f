// Emitted from sx/spec/resolve.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const outermost_scope = use["outermost-scope"];
  const part = use["part"];
  const size = use["size"];
  const constant = use["constant"];
  const expand_then = use["expand-then"];
  const parts_from = use["parts-from"];
  const find_local = use["find-local"];
  const read_local = use["read-local"];
  const scope_names = use["scope-names"];
  const head_name = use["head-name"];
  const inner_scope = use["inner-scope"];
  const in_sequence = use["in-sequence"];
  const binds$q = use["binds?"];
  const bind = use["bind"];
  const headed$q = use["headed?"];
  const bind_generated = use["bind-generated"];
  const wrong_shape = use["wrong-shape"];
  const choice = use["choice"];
  const nothing = use["nothing"];
  const wrong_part = use["wrong-part"];
  const parts = use["parts"];
  const function_scope = use["function-scope"];
  const primitive_call = use["primitive-call"];
  const expand_when = use["expand-when"];
  const expand_cond = use["expand-cond"];
  const expand_case = use["expand-case"];
  const expand_and = use["expand-and"];
  const expand_or = use["expand-or"];
  const expand_first = use["expand-first"];
  const expand_last = use["expand-last"];
  const expand_quasiquote = use["expand-quasiquote"];
  const one_of$q = use["one-of?"];
  const void_tags = use["void-tags"];
  const attribute_name$q = use["attribute-name?"];
  const constant$q = use["constant?"];
  const holds_script$q = use["holds-script?"];
  const url_attributes = use["url-attributes"];
  const safe_url$q = use["safe-url?"];
  const form_at = use["form-at"];
  const check_templates = use["check-templates"];
  const p$make_table = host.primitive("make-table");
  const p$list_form$q = host.primitive("list-form?");
  const p$symbol$q = host.primitive("symbol?");
  const p$keyword$q = host.primitive("keyword?");
  const p$dict_form$q = host.primitive("dict-form?");
  const p$span_of = host.primitive("span-of");
  const p$map = host.primitive("map");
  const p$refuse_at = host.primitive("refuse-at");
  const p$table_get = host.primitive("table-get");
  const p$code_at = host.primitive("code-at");
  const p$template_symbol$q = host.primitive("template-symbol?");
  const p$str = host.primitive("str");
  const p$table_has$q = host.primitive("table-has?");
  const p$nearest_name = host.primitive("nearest-name");
  const p$concat = host.primitive("concat");
  const p$table_keys = host.primitive("table-keys");
  const p$some = host.primitive("some");
  const p$apply = host.primitive("apply");
  const p$for_each = host.primitive("for-each");
  const p$table_set$x = host.primitive("table-set!");
  const p$split = host.primitive("split");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$empty$q = host.primitive("empty?");
  const p$push$x = host.primitive("push!");
  const p$form_data = host.primitive("form-data");
  const p$$e = host.primitive("=");
  const p$map_indexed = host.primitive("map-indexed");
  const p$slice = host.primitive("slice");
  const p$last = host.primitive("last");
  const p$cons = host.primitive("cons");
  const p$lower = host.primitive("lower");
  const p$string$q = host.primitive("string?");
  const p$note_class = host.primitive("note-class");
  const p$integer$q = host.primitive("integer?");
  const p$type_of = host.primitive("type-of");
  const p$make_symbol = host.primitive("make-symbol");
  const p$reduce = host.primitive("reduce");
  const p$contains$q = host.primitive("contains?");
  const p$rem = host.primitive("rem");
  const p$join = host.primitive("join");
  const p$make_definition = host.primitive("make-definition");
  const p$get = host.primitive("get");
  const p$includes$q = host.primitive("includes?");
  function make_resolver(library$1, primitives$2, expander$3, refuse$4) {
    return { library: library$1, primitives: primitives$2, expander: expander$3, refuse: refuse$4, resolve: resolve_form, body: resolve_body, expansions: p$make_table(), trail: [], nesting: 0 };
  }
  function resolve(r$5, form$6, scope$7) {
    return r$5.resolve(r$5, form$6, scope$7);
  }
  function refuse_softly(r$8, kind$9, details$10, span$11) {
    return r$8.refuse(kind$9, details$10, span$11);
  }
  function resolve_expression(r$12, form$13) {
    return resolve(r$12, form$13, outermost_scope(null));
  }
  function resolve_definition(r$14, definition$15) {
    if ((definition$15.state === "read")) {
      (definition$15.state = "resolving");
      try {
        (definition$15.core = definition_core(r$14, definition$15));
        return (definition$15.state = "resolved");
      } finally {
        if ((definition$15.state === "resolving")) {
          (definition$15.state = "read");
        } else {
          null;
        }
      }
    } else {
      return null;
    }
  }
  function definition_core(r$16, definition$17) {
    {
      let form$18 = definition$17.form;
      {
        let case_value$19 = definition$17.kind;
        if ((case_value$19 === "component")) {
          return resolve_component(r$16, definition$17);
        } else {
          if ((case_value$19 === "value")) {
            return resolve_expression(r$16, part(form$18, (size(form$18) - 1)));
          } else {
            return resolve_function(r$16, form$18, outermost_scope(null), definition$17.name);
          }
        }
      }
    }
  }
  function resolve_form(r$20, form$21, scope$22) {
    if (host.isTrue(p$list_form$q(form$21))) {
      return resolve_nested(r$20, form$21, scope$22);
    } else {
      if (p$symbol$q(form$21)) {
        return resolve_symbol(r$20, form$21, scope$22);
      } else {
        if (p$keyword$q(form$21)) {
          return constant(form$21.name);
        } else {
          if (host.isTrue(p$dict_form$q(form$21))) {
            return { kind: "dict", span: p$span_of(form$21), keys: form$21.keys, values: resolve_all(r$20, form$21.values, scope$22) };
          } else {
            return constant(form$21);
          }
        }
      }
    }
  }
  function resolve_all(r$23, forms$24, scope$25) {
    return p$map(((form$26) => {
      return resolve(r$23, form$26, scope$25);
    }), forms$24);
  }
  const deepest_nesting = 500;
  function resolve_nested(r$27, form$28, scope$29) {
    {
      let depth$30 = r$27.nesting;
      if ((depth$30 >= deepest_nesting)) {
        p$refuse_at("read/too-deep", { limit: deepest_nesting }, p$span_of(form$28));
      } else {
        null;
      }
      (r$27.nesting = (depth$30 + 1));
      try {
        return resolve_list(r$27, form$28, scope$29);
      } finally {
        (r$27.nesting = depth$30);
      }
    }
  }
  function resolve_list(r$31, form$32, scope$33) {
    if ((size(form$32) === 0)) {
      p$refuse_at("syntax/bad-form", { form: "()", shape: "(function argument …)", found: "an empty list" }, p$span_of(form$32));
    } else {
      null;
    }
    {
      let head$34 = part(form$32, 0);
      if (p$symbol$q(head$34)) {
        return resolve_headed(r$31, form$32, head$34, scope$33);
      } else {
        return resolve_call(r$31, form$32, scope$33);
      }
    }
  }
  function resolve_headed(r$35, form$36, head$37, scope$38) {
    {
      let special$39 = p$table_get(special_forms, head$37.name);
      if ((special$39 == null)) {
        {
          let tag$40 = tag_of(r$35, head$37, scope$38);
          if ((tag$40 == null)) {
            {
              let macro$41 = macro_of(r$35, head$37, scope$38);
              if (!(macro$41 == null)) {
                return expand_then(r$35, macro$41, form$36, ((expansion$42) => {
                  return resolve(r$35, expansion$42, scope$38);
                }));
              } else {
                if (host.isTrue(component_name$q(head$37.name))) {
                  return resolve_component_call(r$35, form$36, scope$38);
                } else {
                  return resolve_call(r$35, form$36, scope$38);
                }
              }
            }
          } else {
            return resolve_element(r$35, form$36, tag$40, scope$38);
          }
        }
      } else {
        return special$39(r$35, form$36, scope$38);
      }
    }
  }
  function component_name$q(name$43) {
    return (p$code_at(name$43, 0) === 126);
  }
  function resolve_call(r$44, form$45, scope$46) {
    {
      let callee$47 = resolve(r$44, part(form$45, 0), scope$46);
      return { kind: "call", span: p$span_of(form$45), callee: callee$47, args: resolve_all(r$44, parts_from(form$45, 1), scope$46) };
    }
  }
  function resolve_symbol(r$48, symbol$49, scope$50) {
    {
      let local$51;
      if (host.isTrue(p$template_symbol$q(symbol$49))) {
        local$51 = null;
      } else {
        local$51 = find_local(scope$50, symbol$49.name);
      }
      if ((local$51 == null)) {
        return resolve_global(r$48, symbol$49, scope$50);
      } else {
        return read_local(p$span_of(symbol$49), local$51);
      }
    }
  }
  function resolve_global(r$52, symbol$53, scope$54) {
    {
      let name$55 = symbol$53.name;
      let span$56 = p$span_of(symbol$53);
      let definition$57 = definition_of(r$52, symbol$53);
      if (!(definition$57 == null)) {
        if ((definition$57.kind === "macro")) {
          return p$refuse_at("syntax/bad-form", { form: name$55, shape: p$str("(", name$55, " …)"), found: "a macro used as a value" }, span$56);
        } else {
          return { kind: "definition", span: span$56, definition: definition$57 };
        }
      } else {
        if (p$table_has$q(r$52.primitives, name$55)) {
          return { kind: "primitive", span: span$56, name: name$55 };
        } else {
          return p$refuse_at("name/unbound", { name: name$55, suggestion: p$nearest_name(name$55, names_in_sight(r$52, scope$54)) }, span$56);
        }
      }
    }
  }
  function names_in_sight(r$58, scope$59) {
    return p$concat(scope_names(scope$59), library_names(r$58.library), p$table_keys(r$58.primitives), p$table_keys(special_forms));
  }
  function definition_of(r$60, symbol$61) {
    return find_definition((host.isTrue(p$template_symbol$q(symbol$61)) ? symbol$61.home : r$60.library), symbol$61.name);
  }
  function find_definition(library$62, name$63) {
    {
      let found$64 = search_library(library$62, name$63, false);
      if ((found$64 == null)) {
        return search_library(library$62, name$63, true);
      } else {
        return found$64;
      }
    }
  }
  function search_library(library$65, name$66, yielding$67) {
    {
      let own$68;
      if ((library$65.yields === yielding$67)) {
        own$68 = p$table_get(library$65.definitions, name$66);
      } else {
        own$68 = null;
      }
      if ((own$68 == null)) {
        return p$some(((parent$69) => {
          return search_library(parent$69, name$66, yielding$67);
        }), library$65.parents);
      } else {
        return own$68;
      }
    }
  }
  function library_names(library$70) {
    return p$concat(p$table_keys(library$70.definitions), p$apply(p$concat, p$map(library_names, library$70.parents)));
  }
  function macro_of(r$71, head$72, scope$73) {
    if ((!host.isTrue(p$template_symbol$q(head$72)) && !(find_local(scope$73, head$72.name) == null))) {
      return null;
    } else {
      {
        let definition$74 = definition_of(r$71, head$72);
        if ((!(definition$74 == null) && (definition$74.kind === "macro"))) {
          return definition$74;
        } else {
          return null;
        }
      }
    }
  }
  function name_table(text$75) {
    {
      let table$76 = p$make_table();
      p$for_each(((name$77) => {
        return p$table_set$x(table$76, name$77, true);
      }), p$split(text$75, " "));
      return table$76;
    }
  }
  const html_tags = (() => {
    return name_table("a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul var video wbr");
  })();
  const svg_tags = (() => {
    return name_table("animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect set stop switch symbol text textPath tspan use view");
  })();
  const shared_svg_tags = (() => {
    return name_table("a script style title svg");
  })();
  function tag_of(r$78, head$79, scope$80) {
    {
      let name$81 = head$79.name;
      if ((name$81 === "map")) {
        return null;
      } else {
        if (p$table_has$q(html_tags, name$81)) {
          return name$81;
        } else {
          if (p$starts_with$q(name$81, "html:")) {
            return prefixed_tag(head$79, "html:", html_tags, html_tags);
          } else {
            if (p$starts_with$q(name$81, "svg:")) {
              return prefixed_tag(head$79, "svg:", svg_tags, shared_svg_tags);
            } else {
              if (!(host.isTrue(scope$80.svg) && p$table_has$q(svg_tags, name$81))) {
                return null;
              } else {
                if ((!(find_local(scope$80, name$81) == null) || (!(definition_of(r$78, head$79) == null) || p$table_has$q(r$78.primitives, name$81)))) {
                  return null;
                } else {
                  return name$81;
                }
              }
            }
          }
        }
      }
    }
  }
  function prefixed_tag(head$82, prefix$83, tags$84, more_tags$85) {
    {
      let name$86 = head$82.name;
      {
        let tag$87 = name$86.slice(prefix$83.length, name$86.length);
        if ((p$table_has$q(tags$84, tag$87) || p$table_has$q(more_tags$85, tag$87))) {
          return tag$87;
        } else {
          {
            let known$88 = p$map(((each$89) => {
              return p$str(prefix$83, each$89);
            }), p$table_keys(tags$84));
            return p$refuse_at("html/bad-tag", { tag: name$86, suggestion: p$nearest_name(name$86, known$88) }, p$span_of(head$82));
          }
        }
      }
    }
  }
  function resolve_body(r$90, forms$91, scope$92, owner$93) {
    if (p$empty$q(forms$91)) {
      p$refuse_at("syntax/bad-form", { form: head_name(owner$93), shape: "a body of one or more forms", found: "no body" }, p$span_of(owner$93));
    } else {
      null;
    }
    {
      let flat$94 = flatten_definitions(r$90, forms$91, scope$92);
      let inner$95 = inner_scope(scope$92);
      let defined$96 = p$make_table();
      p$for_each(((form$97) => {
        return define_inner(r$90, form$97, inner$95, defined$96);
      }), flat$94);
      if (p$empty$q(p$table_keys(defined$96))) {
        return in_sequence(resolve_all(r$90, flat$94, scope$92));
      } else {
        return recursive_body(r$90, flat$94, defined$96, inner$95);
      }
    }
  }
  function define_inner(r$98, form$99, scope$100, defined$101) {
    {
      let name$102 = defined_name(form$99);
      if (!(name$102 == null)) {
        if (host.isTrue(binds$q(scope$100, name$102.name))) {
          refuse_softly(r$98, "name/duplicate", { name: name$102.name, where: "this body" }, p$span_of(name$102));
        } else {
          null;
        }
        refuse_reserved(r$98, name$102);
        return p$table_set$x(defined$101, form$99, bind(scope$100, name$102));
      } else {
        return null;
      }
    }
  }
  function defined_name(form$103) {
    if (host.isTrue(headed$q(form$103, "define"))) {
      {
        let target$104;
        if (host.isTrue(p$list_form$q(part(form$103, 1)))) {
          target$104 = part(part(form$103, 1), 0);
        } else {
          target$104 = part(form$103, 1);
        }
        if (p$symbol$q(target$104)) {
          return target$104;
        } else {
          return wrong_define(form$103);
        }
      }
    } else {
      return null;
    }
  }
  function wrong_define(form$105) {
    return p$refuse_at("syntax/bad-form", { form: "define", shape: "(define name value) or (define (name parameter …) body …)", found: p$str((size(form$105) - 1), " parts") }, p$span_of(form$105));
  }
  function recursive_body(r$106, forms$107, defined$108, scope$109) {
    {
      let bindings$110 = [];
      let after$111 = [];
      let last_definition$112 = last_defined(forms$107, defined$108);
      {
        let i$113 = 0;
        loop114: while (true) {
          if ((i$113 <= last_definition$112)) {
            bindings$110.push(body_binding(r$106, forms$107[i$113], defined$108, scope$109));
            i$113 = (i$113 + 1);
            continue loop114;
          } else {
            null;
            break loop114;
          }
        }
      }
      {
        let i$115 = (last_definition$112 + 1);
        loop116: while (true) {
          if ((i$115 < forms$107.length)) {
            after$111.push(resolve(r$106, forms$107[i$115], scope$109));
            i$115 = (i$115 + 1);
            continue loop116;
          } else {
            null;
            break loop116;
          }
        }
      }
      return { kind: "letrec", span: null, bindings: bindings$110, body: (p$empty$q(after$111) ? constant(null) : in_sequence(after$111)) };
    }
  }
  function last_defined(forms$117, defined$118) {
    {
      let i$119 = (forms$117.length - 1);
      loop120: while (true) {
        if (p$table_has$q(defined$118, forms$117[i$119])) {
          return i$119;
        } else {
          i$119 = (i$119 - 1);
          continue loop120;
        }
      }
    }
  }
  function body_binding(r$121, form$122, defined$123, scope$124) {
    if (p$table_has$q(defined$123, form$122)) {
      {
        let local$125 = p$table_get(defined$123, form$122);
        return { local: local$125, value: defined_value(r$121, form$122, scope$124, local$125.name) };
      }
    } else {
      {
        let local$126 = bind_generated(scope$124, p$str("step ", scope_names(scope$124).length));
        return { local: local$126, value: resolve(r$121, form$122, scope$124) };
      }
    }
  }
  function defined_value(r$127, form$128, scope$129, name$130) {
    if (host.isTrue(p$list_form$q(part(form$128, 1)))) {
      return resolve_function(r$127, form$128, scope$129, name$130);
    } else {
      if (!(size(form$128) === 3)) {
        return wrong_define(form$128);
      } else {
        return name_function(resolve(r$127, part(form$128, 2), scope$129), name$130);
      }
    }
  }
  function name_function(core$131, name$132) {
    if (((core$131.kind === "fn") && (core$131.name === "fn"))) {
      (core$131.name = name$132);
    } else {
      null;
    }
    return core$131;
  }
  function flatten_definitions(r$133, forms$134, scope$135) {
    {
      let flat$136 = [];
      p$for_each(((form$137) => {
        return p$for_each(((each$138) => {
          return p$push$x(flat$136, each$138);
        }), flatten_definition(r$133, form$137, scope$135));
      }), forms$134);
      return flat$136;
    }
  }
  function flatten_definition(r$139, form$140, scope$141) {
    {
      let macro$142 = body_macro(r$139, form$140, scope$141);
      if ((macro$142 == null)) {
        return [form$140];
      } else {
        {
          let flat$143 = expand_then(r$139, macro$142, form$140, ((expansion$144) => {
            return flatten_definition(r$139, expansion$144, scope$141);
          }));
          if (host.isTrue(p$some(defined_name, flat$143))) {
            return flat$143;
          } else {
            return [form$140];
          }
        }
      }
    }
  }
  function body_macro(r$145, form$146, scope$147) {
    if ((host.isTrue(p$list_form$q(form$146)) && (p$symbol$q(part(form$146, 0)) && !p$table_has$q(special_forms, head_name(form$146))))) {
      {
        let macro$148 = macro_of(r$145, part(form$146, 0), scope$147);
        if (((macro$148 == null) || !(tag_of(r$145, part(form$146, 0), scope$147) == null))) {
          return null;
        } else {
          return macro$148;
        }
      }
    } else {
      return null;
    }
  }
  function refuse_reserved(r$149, symbol$150) {
    if (p$table_has$q(special_forms, symbol$150.name)) {
      refuse_softly(r$149, "name/reserved", { name: symbol$150.name }, p$span_of(symbol$150));
    } else {
      null;
    }
    if (host.isTrue(p$template_symbol$q(symbol$150))) {
      return refuse_softly(r$149, "macro/unhygienic", { name: symbol$150.name }, p$span_of(symbol$150));
    } else {
      return null;
    }
  }
  function resolve_if(r$151, form$152, scope$153) {
    if (!((size(form$152) === 3) || (size(form$152) === 4))) {
      wrong_shape(form$152, "(if test then else)");
    } else {
      null;
    }
    {
      let test$154 = resolve(r$151, part(form$152, 1), scope$153);
      {
        let yes$155 = resolve(r$151, part(form$152, 2), scope$153);
        return choice(p$span_of(form$152), test$154, yes$155, ((size(form$152) === 4) ? resolve(r$151, part(form$152, 3), scope$153) : nothing));
      }
    }
  }
  function resolve_do(r$156, form$157, scope$158) {
    if ((size(form$157) === 1)) {
      return nothing;
    } else {
      return resolve_body(r$156, parts_from(form$157, 1), scope$158, form$157);
    }
  }
  function resolve_quote(r$159, form$160, scope$161) {
    if (!(size(form$160) === 2)) {
      wrong_shape(form$160, "(quote datum)");
    } else {
      null;
    }
    return { kind: "const", span: p$span_of(form$160), value: p$form_data(part(form$160, 1)) };
  }
  function binding_pairs(r$162, form$163, bindings$164) {
    {
      let shape$165 = p$str("(", head_name(form$163), " ((name value) …) body …)");
      if (!host.isTrue(p$list_form$q(bindings$164))) {
        wrong_part(form$163, shape$165, "no binding list in parentheses", form$163);
      } else {
        null;
      }
      return p$map(((binding$166) => {
        if (!(host.isTrue(p$list_form$q(binding$166)) && (size(binding$166) === 2))) {
          wrong_part(form$163, shape$165, "a binding that is not (name value)", binding$166);
        } else {
          null;
        }
        if (!p$symbol$q(part(binding$166, 0))) {
          wrong_part(form$163, shape$165, "a binding whose name is not a symbol", binding$166);
        } else {
          null;
        }
        refuse_reserved(r$162, part(binding$166, 0));
        return parts(binding$166);
      }), parts(bindings$164));
    }
  }
  function resolve_let(r$167, form$168, scope$169) {
    if (p$symbol$q(part(form$168, 1))) {
      return resolve_named_let(r$167, form$168, scope$169);
    } else {
      {
        let pairs$170 = binding_pairs(r$167, form$168, part(form$168, 1));
        let bindings$171 = [];
        {
          let i$172 = 0;
          let inner$173 = inner_scope(scope$169);
          loop174: while (true) {
            if (p$$e(i$172, pairs$170.length)) {
              return { kind: "let", span: p$span_of(form$168), bindings: bindings$171, body: resolve_body(r$167, parts_from(form$168, 2), inner$173, form$168) };
            } else {
              {
                let name$175 = pairs$170[i$172][0];
                let next$176 = inner_scope(inner$173);
                {
                  let value$177 = name_function(resolve(r$167, pairs$170[i$172][1], inner$173), name$175.name);
                  bindings$171.push({ local: bind(next$176, name$175), value: value$177 });
                  const n$178 = (i$172 + 1);
                  const n$179 = next$176;
                  i$172 = n$178;
                  inner$173 = n$179;
                  continue loop174;
                }
              }
            }
          }
        }
      }
    }
  }
  function resolve_named_let(r$180, form$181, scope$182) {
    {
      let name$183 = part(form$181, 1);
      let span$184 = p$span_of(form$181);
      let outer$185 = inner_scope(scope$182);
      refuse_reserved(r$180, name$183);
      {
        let pairs$186 = binding_pairs(r$180, form$181, part(form$181, 2));
        {
          let args$187 = p$map(((pair$188) => {
            return resolve(r$180, pair$188[1], scope$182);
          }), pairs$186);
          let local$189 = bind(outer$185, name$183);
          let function_$190 = make_function(span$184, name$183.name);
          {
            let inner$191 = function_scope(outer$185, function_$190);
            p$for_each(((pair$192) => {
              return bind_parameter(function_$190, inner$191, pair$192[0]);
            }), pairs$186);
            (function_$190.body = resolve_body(r$180, parts_from(form$181, 3), inner$191, form$181));
            return { kind: "letrec", span: span$184, bindings: [{ local: local$189, value: function_$190 }], body: { kind: "call", span: span$184, callee: read_local(span$184, local$189), args: args$187 } };
          }
        }
      }
    }
  }
  function resolve_letrec(r$193, form$194, scope$195) {
    {
      let pairs$196 = binding_pairs(r$193, form$194, part(form$194, 1));
      let inner$197 = inner_scope(scope$195);
      {
        let locals$198 = p$map(((pair$199) => {
          return bind_recursive(inner$197, pair$199[0]);
        }), pairs$196);
        {
          let bindings$200 = p$map_indexed(((i$201, pair$202) => {
            return { local: locals$198[i$201], value: name_function(resolve(r$193, pair$202[1], inner$197), pair$202[0].name) };
          }), pairs$196);
          return { kind: "letrec", span: p$span_of(form$194), bindings: bindings$200, body: resolve_body(r$193, parts_from(form$194, 2), inner$197, form$194) };
        }
      }
    }
  }
  function bind_recursive(scope$203, symbol$204) {
    if (host.isTrue(binds$q(scope$203, symbol$204.name))) {
      p$refuse_at("name/duplicate", { name: symbol$204.name, where: "this letrec" }, p$span_of(symbol$204));
    } else {
      null;
    }
    return bind(scope$203, symbol$204);
  }
  function resolve_set(r$205, form$206, scope$207) {
    {
      let name$208 = part(form$206, 1);
      if (!((size(form$206) === 3) && p$symbol$q(name$208))) {
        wrong_shape(form$206, "(set! name value)");
      } else {
        null;
      }
      {
        let named$209 = resolve(r$205, name$208, scope$207);
        {
          let value$210 = resolve(r$205, part(form$206, 2), scope$207);
          return { kind: "set", span: p$span_of(form$206), target: assigned(named$209, name$208), value: value$210 };
        }
      }
    }
  }
  function assigned(named$211, symbol$212) {
    {
      let case_value$213 = named$211.kind;
      if ((case_value$213 === "local")) {
        {
          let local$214 = named$211.local;
          (local$214.mutated = true);
          (local$214.reads = (local$214.reads - 1));
          return local$214;
        }
      } else {
        if ((case_value$213 === "definition")) {
          {
            let definition$215 = named$211.definition;
            if ((definition$215.kind === "component")) {
              not_assignable(symbol$212, "component");
            } else {
              null;
            }
            (definition$215.mutated = true);
            return definition$215;
          }
        } else {
          return not_assignable(symbol$212, "primitive");
        }
      }
    }
  }
  function not_assignable(symbol$216, what$217) {
    return p$refuse_at("name/not-assignable", { name: symbol$216.name, what: what$217 }, p$span_of(symbol$216));
  }
  function make_function(span$218, name$219) {
    return { kind: "fn", span: span$218, name: name$219, parameters: [], rest: null, body: nothing };
  }
  function resolve_fn(r$220, form$221, scope$222) {
    return resolve_function(r$220, form$221, scope$222, "fn");
  }
  function resolve_function(r$223, form$224, scope$225, name$226) {
    {
      let parameters$227 = parameter_forms(form$224);
      let function_$228 = make_function(p$span_of(form$224), name$226);
      {
        let inner$229 = function_scope(scope$225, function_$228);
        {
          let i$230 = 0;
          loop231: while (true) {
            if ((i$230 < parameters$227.length)) {
              if (!host.isTrue(resolve_parameter(r$223, form$224, function_$228, inner$229, parameters$227, i$230))) {
                i$230 = (i$230 + 1);
                continue loop231;
              } else {
                null;
                break loop231;
              }
            } else {
              null;
              break loop231;
            }
          }
        }
        (function_$228.body = resolve_body(r$223, parts_from(form$224, (host.isTrue(headed$q(form$224, "defmacro")) ? 3 : 2)), inner$229, form$224));
        return function_$228;
      }
    }
  }
  function parameter_forms(form$232) {
    if (host.isTrue(headed$q(form$232, "define"))) {
      return parts_from(part(form$232, 1), 1);
    } else {
      if (host.isTrue(headed$q(form$232, "defmacro"))) {
        return parts(parameter_list(form$232, part(form$232, 2), "(defmacro name (parameter …) body …)"));
      } else {
        return parts(parameter_list(form$232, part(form$232, 1), "(fn (parameter …) body …)"));
      }
    }
  }
  function parameter_list(form$233, candidate$234, shape$235) {
    if (host.isTrue(p$list_form$q(candidate$234))) {
      return candidate$234;
    } else {
      return wrong_part(form$233, shape$235, "no parameter list", form$233);
    }
  }
  function resolve_parameter(r$236, form$237, function_$238, scope$239, parameters$240, i$241) {
    let or$244;
    {
      let parameter$242 = parameters$240[i$241];
      let owner$243 = function_$238.name;
      if (!p$symbol$q(parameter$242)) {
        return wrong_parameter(owner$243, "a name", "a form that is not a symbol", (or$244 = p$span_of(parameter$242), ((or$244 !== false && or$244 != null) ? or$244 : p$span_of(form$237))));
      } else {
        if ((parameter$242.name === "&rest")) {
          bind_rest(r$236, function_$238, scope$239, p$slice(parameters$240, (i$241 + 1)), parameter$242);
          return true;
        } else {
          if (p$starts_with$q(parameter$242.name, "&")) {
            return wrong_parameter(owner$243, "&rest, the only mark a function takes", parameter$242.name, p$span_of(parameter$242));
          } else {
            refuse_reserved(r$236, parameter$242);
            bind_parameter(function_$238, scope$239, parameter$242);
            return false;
          }
        }
      }
    }
  }
  function bind_rest(r$245, function_$246, scope$247, after$248, mark$249) {
    if (!((after$248.length === 1) && p$symbol$q(after$248[0]))) {
      wrong_parameter(function_$246.name, "exactly one name after &rest", p$str(after$248.length), p$span_of(mark$249));
    } else {
      null;
    }
    refuse_reserved(r$245, after$248[0]);
    return (function_$246.rest = bind_once(function_$246, scope$247, after$248[0]));
  }
  function bind_parameter(function_$250, scope$251, symbol$252) {
    return p$push$x(function_$250.parameters, bind_once(function_$250, scope$251, symbol$252));
  }
  function bind_once(function_$253, scope$254, symbol$255) {
    if (host.isTrue(binds$q(scope$254, symbol$255.name))) {
      p$refuse_at("name/duplicate", { name: symbol$255.name, where: p$str("the parameters of ", function_$253.name) }, p$span_of(symbol$255));
    } else {
      null;
    }
    return bind(scope$254, symbol$255);
  }
  function wrong_parameter(owner$256, expected$257, found$258, span$259) {
    return p$refuse_at("syntax/bad-parameter", { owner: owner$256, expected: expected$257, found: found$258 }, span$259);
  }
  function resolve_try(r$260, form$261, scope$262) {
    {
      let shape$263 = "(try body … (catch (e) handler …) (finally cleanup …))";
      let forms$264 = parts_from(form$261, 1);
      {
        let cleanup_form$265 = take_clause(forms$264, "finally");
        {
          let catch_form$266 = take_clause(forms$264, "catch");
          if (((cleanup_form$265 == null) && (catch_form$266 == null))) {
            wrong_part(form$261, shape$263, "neither catch nor finally", form$261);
          } else {
            null;
          }
          {
            let body$267 = resolve_body(r$260, forms$264, inner_scope(scope$262), form$261);
            let inner$268 = inner_scope(scope$262);
            {
              let caught$269;
              if ((catch_form$266 == null)) {
                caught$269 = null;
              } else {
                caught$269 = bind_caught(r$260, form$261, catch_form$266, shape$263, inner$268);
              }
              {
                let handler$270;
                if ((catch_form$266 == null)) {
                  handler$270 = null;
                } else {
                  handler$270 = resolve_body(r$260, parts_from(catch_form$266, 2), inner$268, catch_form$266);
                }
                return { kind: "try", span: p$span_of(form$261), body: body$267, caught: caught$269, handler: handler$270, cleanup: ((cleanup_form$265 == null) ? null : resolve_body(r$260, parts_from(cleanup_form$265, 1), inner_scope(scope$262), cleanup_form$265)) };
              }
            }
          }
        }
      }
    }
  }
  function take_clause(forms$271, name$272) {
    if ((!p$empty$q(forms$271) && host.isTrue(headed$q(p$last(forms$271), name$272)))) {
      return forms$271.pop();
    } else {
      return null;
    }
  }
  function bind_caught(r$273, form$274, catch_form$275, shape$276, scope$277) {
    {
      let name$278;
      if (host.isTrue(p$list_form$q(part(catch_form$275, 1)))) {
        name$278 = part(part(catch_form$275, 1), 0);
      } else {
        name$278 = null;
      }
      if (!p$symbol$q(name$278)) {
        wrong_part(form$274, shape$276, "a catch without (name)", catch_form$275);
      } else {
        null;
      }
      refuse_reserved(r$273, name$278);
      return bind(scope$277, name$278);
    }
  }
  function resolve_provide(r$279, form$280, scope$281) {
    if ((size(form$280) < 3)) {
      wrong_shape(form$280, "(provide key value body …)");
    } else {
      null;
    }
    {
      let key$282 = resolve(r$279, part(form$280, 1), scope$281);
      {
        let value$283 = resolve(r$279, part(form$280, 2), scope$281);
        return { kind: "provide", span: p$span_of(form$280), key: key$282, value: value$283, body: resolve_body(r$279, parts_from(form$280, 3), inner_scope(scope$281), form$280) };
      }
    }
  }
  function resolve_context(r$284, form$285, scope$286) {
    if (!((size(form$285) === 2) || (size(form$285) === 3))) {
      wrong_shape(form$285, "(context key default)");
    } else {
      null;
    }
    {
      let key$287 = resolve(r$284, part(form$285, 1), scope$286);
      return { kind: "context", span: p$span_of(form$285), key: key$287, fallback: ((size(form$285) === 3) ? resolve(r$284, part(form$285, 2), scope$286) : null) };
    }
  }
  function resolve_prompt(r$288, form$289, scope$290) {
    if ((size(form$289) === 1)) {
      wrong_shape(form$289, "(prompt tag body …)");
    } else {
      null;
    }
    {
      let tag$291 = resolve(r$288, part(form$289, 1), scope$290);
      return { kind: "prompt", span: p$span_of(form$289), tag: tag$291, body: resolve_body(r$288, parts_from(form$289, 2), inner_scope(scope$290), form$289) };
    }
  }
  function resolve_capture(r$292, form$293, scope$294) {
    {
      let binder$295 = part(form$293, 2);
      if (!((size(form$293) > 1) && (host.isTrue(p$list_form$q(binder$295)) && ((size(binder$295) === 1) && p$symbol$q(part(binder$295, 0)))))) {
        wrong_part(form$293, "(capture tag (continuation) body …)", "no (continuation) to bind", ((binder$295 == null) ? form$293 : binder$295));
      } else {
        null;
      }
      refuse_reserved(r$292, part(binder$295, 0));
      {
        let tag$296 = resolve(r$292, part(form$293, 1), scope$294);
        let inner$297 = inner_scope(scope$294);
        {
          let local$298 = bind(inner$297, part(binder$295, 0));
          return { kind: "capture", span: p$span_of(form$293), tag: tag$296, local: local$298, body: resolve_body(r$292, parts_from(form$293, 3), inner$297, form$293) };
        }
      }
    }
  }
  function resolve_perform(r$299, form$300, scope$301) {
    if ((size(form$300) === 1)) {
      wrong_shape(form$300, "(perform operation argument …)");
    } else {
      null;
    }
    {
      let operation$302 = resolve(r$299, part(form$300, 1), scope$301);
      return { kind: "perform", span: p$span_of(form$300), operation: operation$302, args: resolve_all(r$299, parts_from(form$300, 2), scope$301) };
    }
  }
  function resolve_suspense(r$303, form$304, scope$305) {
    if (!((size(form$304) === 5) && (p$keyword$q(part(form$304, 1)) && (part(form$304, 1).name === "fallback")))) {
      wrong_shape(form$304, "(suspense :fallback markup pending (fn (value) …))");
    } else {
      null;
    }
    {
      let span$306 = p$span_of(form$304);
      {
        let shown$307 = make_function(span$306, "fallback");
        (shown$307.body = resolve(r$303, part(form$304, 2), function_scope(scope$305, shown$307)));
        return primitive_call(span$306, "suspense", p$cons(shown$307, resolve_all(r$303, parts_from(form$304, 3), scope$305)));
      }
    }
  }
  function refuse_unquote(r$308, form$309, scope$310) {
    return p$refuse_at("syntax/unquote-outside", { form: head_name(form$309) }, p$span_of(form$309));
  }
  function refuse_inner_definition(r$311, form$312, scope$313) {
    return p$refuse_at("syntax/definition-inside", { form: head_name(form$312) }, p$span_of(form$312));
  }
  function refuse_stray(r$314, form$315, scope$316) {
    return wrong_part(form$315, p$str("(", head_name(form$315), " …) inside the form it belongs to"), "it alone", form$315);
  }
  function refuse_unbuilt(r$317, form$318, scope$319) {
    return p$refuse_at("engine/unsupported", { feature: head_name(form$318), engine: "js" }, p$span_of(form$318));
  }
  const special_forms = (() => {
    {
      let table$320 = p$make_table();
      p$for_each(((entry$321) => {
        return p$table_set$x(table$320, entry$321[0], entry$321[1]);
      }), [["if", resolve_if], ["let", resolve_let], ["let*", resolve_let], ["letrec", resolve_letrec], ["fn", resolve_fn], ["lambda", resolve_fn], ["do", resolve_do], ["begin", resolve_do], ["set!", resolve_set], ["quote", resolve_quote], ["try", resolve_try], ["provide", resolve_provide], ["context", resolve_context], ["prompt", resolve_prompt], ["capture", resolve_capture], ["perform", resolve_perform], ["suspense", resolve_suspense], ["\u003c>", resolve_fragment], ["when", expand_when], ["cond", expand_cond], ["case", expand_case], ["and", expand_and], ["or", expand_or], ["->", expand_first], ["->>", expand_last], ["quasiquote", expand_quasiquote], ["unquote", refuse_unquote], ["splice-unquote", refuse_unquote], ["define", refuse_inner_definition], ["defcomp", refuse_inner_definition], ["defmacro", refuse_inner_definition], ["catch", refuse_stray], ["finally", refuse_stray], ["spread", refuse_stray], ["defisland", refuse_unbuilt], ["defpage", refuse_unbuilt]]);
      return table$320;
    }
  })();
  function resolve_fragment(r$322, form$323, scope$324) {
    return { kind: "fragment", span: p$span_of(form$323), children: resolve_all(r$322, parts_from(form$323, 1), scope$324) };
  }
  function resolve_element(r$325, form$326, tag$327, scope$328) {
    {
      let read$329 = read_parts(r$325, form$326, element_scope(scope$328, tag$327));
      let span$330 = p$span_of(form$326);
      p$for_each(((attribute$331) => {
        return check_attribute(r$325, tag$327, attribute$331, span$330);
      }), read$329.named);
      if ((host.isTrue(one_of$q(void_tags, tag$327)) && !p$empty$q(read$329.children))) {
        refuse_softly(r$325, "html/void-children", { tag: tag$327 }, span$330);
      } else {
        null;
      }
      return with_early(read$329.early, { kind: "element", span: span$330, tag: tag$327, attributes: read$329.named, children: read$329.children });
    }
  }
  function element_scope(scope$332, tag$333) {
    let or$335, and$336;
    {
      let svg$334;
      svg$334 = (or$335 = (tag$333 === "svg"), ((or$335 !== false && or$335 != null) ? or$335 : (and$336 = scope$332.svg, ((and$336 !== false && and$336 != null) ? !(tag$333 === "foreignObject") : and$336))));
      if ((svg$334 === scope$332.svg)) {
        return scope$332;
      } else {
        return { parent: scope$332, frame: scope$332.frame, svg: svg$334, locals: null };
      }
    }
  }
  function with_early(early$337, core$338) {
    if (p$empty$q(early$337)) {
      return core$338;
    } else {
      return { kind: "let", span: core$338.span, bindings: early$337, body: core$338 };
    }
  }
  function read_parts(r$339, form$340, scope$341) {
    {
      let read$342 = { named: [], children: [], early: [], seen: p$make_table(), scope: inner_scope(scope$341) };
      {
        let i$343 = 1;
        loop344: while (true) {
          if ((i$343 < size(form$340))) {
            {
              let each$345 = part(form$340, i$343);
              if (p$keyword$q(each$345)) {
                read_named(r$339, read$342, form$340, i$343, scope$341);
                i$343 = (i$343 + 2);
                continue loop344;
              } else {
                if (host.isTrue(headed$q(each$345, "spread"))) {
                  read_spread(r$339, read$342, each$345, scope$341);
                  i$343 = (i$343 + 1);
                  continue loop344;
                } else {
                  read$342.children.push(resolve(r$339, each$345, scope$341));
                  i$343 = (i$343 + 1);
                  continue loop344;
                }
              }
            }
          } else {
            null;
            break loop344;
          }
        }
      }
      return read$342;
    }
  }
  function read_named(r$346, read$347, form$348, i$349, scope$350) {
    let or$353;
    {
      let name$351 = part(form$348, i$349).name;
      compute_early(read$347);
      if (p$$e((i$349 + 1), size(form$348))) {
        wrong_part(form$348, p$str("(", head_name(form$348), " :name value … child …)"), p$str(":", name$351, " without a value"), form$348);
      } else {
        null;
      }
      {
        let span$352;
        span$352 = (or$353 = p$span_of(part(form$348, (i$349 + 1))), ((or$353 !== false && or$353 != null) ? or$353 : p$span_of(form$348)));
        refuse_prototype(r$346, name$351, span$352);
        if (p$table_has$q(read$347.seen, name$351)) {
          refuse_softly(r$346, "component/duplicate-prop", { prop: name$351, owner: head_name(form$348) }, span$352);
        } else {
          null;
        }
        p$table_set$x(read$347.seen, name$351, true);
        return p$push$x(read$347.named, { name: name$351, value: resolve(r$346, part(form$348, (i$349 + 1)), scope$350), span: span$352 });
      }
    }
  }
  function read_spread(r$354, read$355, form$356, scope$357) {
    if (!(size(form$356) === 2)) {
      wrong_shape(form$356, "(spread dict)");
    } else {
      null;
    }
    compute_early(read$355);
    return p$push$x(read$355.named, { name: null, value: resolve(r$354, part(form$356, 1), scope$357), span: p$span_of(form$356) });
  }
  function compute_early(read$358) {
    if (host.isTrue(p$some(needs_early$q, read$358.children))) {
      p$for_each(((named$359) => {
        return (named$359.value = keep_early(read$358, named$359.value));
      }), read$358.named);
      return (read$358.children = p$map(((child$360) => {
        return keep_early(read$358, child$360);
      }), read$358.children));
    } else {
      return null;
    }
  }
  function keep_early(read$361, core$362) {
    if (host.isTrue(needs_early$q(core$362))) {
      {
        let early$363 = read$361.early;
        {
          let local$364 = bind_generated(read$361.scope, p$str("early ", early$363.length));
          early$363.push({ local: local$364, value: core$362 });
          return read_local(core$362.span, local$364);
        }
      }
    } else {
      return core$362;
    }
  }
  function needs_early$q(core$365) {
    {
      let case_value$366 = core$365.kind;
      if ((case_value$366 === "const")) {
        return false;
      } else {
        if ((case_value$366 === "primitive")) {
          return false;
        } else {
          if ((case_value$366 === "local")) {
            return !host.isTrue(core$365.local.generated);
          } else {
            return true;
          }
        }
      }
    }
  }
  function check_attribute(r$367, tag$368, attribute$369, element_span$370) {
    let or$374;
    {
      let name$371 = attribute$369.name;
      let value$372 = attribute$369.value;
      let span$373;
      span$373 = (or$374 = attribute$369.span, ((or$374 !== false && or$374 != null) ? or$374 : element_span$370));
      if (!(name$371 == null)) {
        {
          let plain$375 = p$lower(name$371);
          if (!host.isTrue(attribute_name$q(name$371))) {
            refuse_softly(r$367, "html/bad-attribute-name", { attribute: name$371, tag: tag$368 }, span$373);
          } else {
            null;
          }
          if (p$starts_with$q(plain$375, "on")) {
            refuse_softly(r$367, "html/unsafe-attribute", { attribute: name$371, tag: tag$368 }, span$373);
          } else {
            null;
          }
          if ((name$371 === "class")) {
            collect_classes(r$367.library, value$372);
          } else {
            null;
          }
          if (host.isTrue(constant$q(value$372))) {
            return check_literal_attribute(r$367, tag$368, name$371, plain$375, value$372.value, span$373);
          } else {
            return null;
          }
        }
      } else {
        return null;
      }
    }
  }
  function check_literal_attribute(r$376, tag$377, name$378, plain$379, value$380, span$381) {
    if (host.isTrue(holds_script$q(tag$377, plain$379, value$380))) {
      refuse_softly(r$376, "html/unsafe-attribute", { attribute: name$378, tag: tag$377 }, span$381);
    } else {
      null;
    }
    if ((host.isTrue(one_of$q(url_attributes, plain$379)) && (p$string$q(value$380) && !host.isTrue(safe_url$q(value$380, plain$379, tag$377))))) {
      return refuse_softly(r$376, "html/unsafe-url", { url: value$380, attribute: name$378, tag: tag$377 }, span$381);
    } else {
      return null;
    }
  }
  function collect_classes(library$382, core$383) {
    {
      let collect$384 = ((each$385) => {
        return collect_classes(library$382, each$385);
      });
      {
        let case_value$386 = core$383.kind;
        if ((case_value$386 === "const")) {
          if (p$string$q(core$383.value)) {
            return p$note_class(library$382, core$383.value);
          } else {
            return null;
          }
        } else {
          if ((case_value$386 === "if")) {
            collect$384(core$383.yes);
            return collect$384(core$383.no);
          } else {
            if ((case_value$386 === "let")) {
              return collect_bound_classes(library$382, core$383);
            } else {
              if ((case_value$386 === "letrec")) {
                return collect_bound_classes(library$382, core$383);
              } else {
                if ((case_value$386 === "do")) {
                  return p$for_each(collect$384, core$383.forms);
                } else {
                  if ((case_value$386 === "call")) {
                    return p$for_each(collect$384, core$383.args);
                  } else {
                    if ((case_value$386 === "dict")) {
                      p$for_each(((key$387) => {
                        return p$note_class(library$382, key$387);
                      }), core$383.keys);
                      return p$for_each(collect$384, core$383.values);
                    } else {
                      return null;
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
  function collect_bound_classes(library$388, core$389) {
    p$for_each(((binding$390) => {
      return collect_classes(library$388, binding$390.value);
    }), core$389.bindings);
    return collect_classes(library$388, core$389.body);
  }
  function resolve_component_call(r$391, form$392, scope$393) {
    {
      let component$394 = resolve(r$391, part(form$392, 0), scope$393);
      let read$395 = read_parts(r$391, form$392, scope$393);
      p$for_each(((prop$396) => {
        if ((prop$396.name === "class")) {
          return collect_classes(r$391.library, prop$396.value);
        } else {
          return null;
        }
      }), read$395.named);
      {
        let call$397 = { kind: "component-call", span: p$span_of(form$392), component: component$394, props: read$395.named, children: read$395.children };
        if (((component$394.kind === "definition") && (component$394.definition.kind === "component"))) {
          check_component_call(r$391, component$394.definition, call$397);
          add_implicit(r$391, component$394.definition, call$397, part(form$392, 0), scope$393);
        } else {
          null;
        }
        return with_early(read$395.early, call$397);
      }
    }
  }
  function check_component_call(r$398, definition$399, call$400) {
    {
      let shape$401 = shape_of(r$398, definition$399);
      let owner$402 = definition$399.name;
      let span$403 = call$400.span;
      {
        let known$404 = props_by_name(shape$401);
        p$for_each(((given$405) => {
          if (!(given$405.name == null)) {
            return check_prop(r$398, shape$401, known$404, owner$402, given$405, span$403);
          } else {
            return null;
          }
        }), call$400.props);
        if ((!p$empty$q(call$400.children) && (shape$401.children == null))) {
          refuse_softly(r$398, "component/unknown-prop", { prop: "children", component: owner$402, suggestion: null }, span$403);
        } else {
          null;
        }
        if (!host.isTrue(gives$q(call$400, null))) {
          return p$for_each(((prop$406) => {
            if ((host.isTrue(prop$406.required) && !host.isTrue(gives$q(call$400, prop$406.name)))) {
              return refuse_softly(r$398, "component/missing-prop", { prop: prop$406.name, component: owner$402 }, span$403);
            } else {
              return null;
            }
          }), shape$401.props);
        } else {
          return null;
        }
      }
    }
  }
  function props_by_name(shape$407) {
    {
      let known$408 = p$make_table();
      p$for_each(((prop$409) => {
        return p$table_set$x(known$408, prop$409.name, prop$409);
      }), shape$407.props);
      return known$408;
    }
  }
  function check_prop(r$410, shape$411, known$412, owner$413, given$414, call_span$415) {
    let or$417;
    {
      let prop$416 = p$table_get(known$412, given$414.name);
      if (!(prop$416 == null)) {
        return check_literal_prop(r$410, owner$413, prop$416, given$414.value, (or$417 = given$414.span, ((or$417 !== false && or$417 != null) ? or$417 : call_span$415)));
      } else {
        if (((shape$411.attrs == null) && !host.isTrue(p$some(((implicit$418) => {
          return p$$e(implicit$418.name, given$414.name);
        }), shape$411.env)))) {
          return refuse_softly(r$410, "component/unknown-prop", { prop: given$414.name, component: owner$413, suggestion: p$nearest_name(given$414.name, p$table_keys(known$412)) }, call_span$415);
        } else {
          return null;
        }
      }
    }
  }
  function check_literal_prop(r$419, owner$420, prop$421, core$422, span$423) {
    if (!((prop$421.type == null) || (!host.isTrue(constant$q(core$422)) || (core$422.value == null)))) {
      {
        let value$424 = core$422.value;
        let type$425 = prop$421.type;
        if (!host.isTrue(of_type$q(value$424, type$425))) {
          return refuse_softly(r$419, "component/prop-type", { prop: prop$421.name, component: owner$420, expected: type$425, found: value$424 }, span$423);
        } else {
          return null;
        }
      }
    } else {
      return null;
    }
  }
  function of_type$q(value$426, type$427) {
    {
      let case_value$428 = type$427;
      if ((case_value$428 === "any")) {
        return true;
      } else {
        if ((case_value$428 === "integer")) {
          return p$integer$q(value$426);
        } else {
          return (p$type_of(value$426) === type$427);
        }
      }
    }
  }
  function gives$q(call$429, name$430) {
    return p$some(((prop$431) => {
      return (prop$431.name === name$430);
    }), call$429.props);
  }
  function add_implicit(r$432, definition$433, call$434, head$435, scope$436) {
    return p$for_each(((parameter$437) => {
      {
        let name$438 = parameter$437.name;
        let span$439 = call$434.span;
        if (!host.isTrue(gives$q(call$434, name$438))) {
          if (((find_local(scope$436, name$438) == null) && (find_definition(r$432.library, name$438) == null))) {
            return refuse_softly(r$432, "component/missing-env", { name: name$438, component: definition$433.name }, span$439);
          } else {
            return p$push$x(call$434.props, { name: name$438, value: resolve(r$432, p$make_symbol(name$438, head$435.source, head$435.start), scope$436), span: span$439 });
          }
        } else {
          return null;
        }
      }
    }), definition$433.shape.env);
  }
  function resolve_component(r$440, definition$441) {
    {
      let form$442 = definition$441.form;
      let frame$443 = frame_of(definition$441);
      {
        let scope$444 = outermost_scope(frame$443);
        (definition$441.shape = read_header(r$440, definition$441, scope$444, true));
        (frame$443.body = resolve_body(r$440, parts_from(form$442, 3), scope$444, form$442));
        return frame$443;
      }
    }
  }
  function frame_of(definition$445) {
    if ((definition$445.frame == null)) {
      (definition$445.frame = make_function(definition$445.span, definition$445.name));
    } else {
      null;
    }
    return definition$445.frame;
  }
  function shape_of(r$446, definition$447) {
    if ((definition$447.shape == null)) {
      (definition$447.shape = read_header(r$446, definition$447, outermost_scope(frame_of(definition$447)), false));
    } else {
      null;
    }
    return definition$447.shape;
  }
  function read_header(r$448, definition$449, scope$450, with_defaults$q$451) {
    {
      let parameters$452 = part(definition$449.form, 2);
      let shape$453 = { props: [], env: [], children: null, attrs: null };
      if (!host.isTrue(p$list_form$q(parameters$452))) {
        wrong_part(definition$449.form, "(defcomp ~name (&key prop …) body …)", "no parameter list", definition$449.form);
      } else {
        null;
      }
      {
        let reading$454 = { r: r$448, definition: definition$449, scope: scope$450, shape: shape$453, defaults: with_defaults$q$451 };
        p$reduce(((section$455, form$456) => {
          return read_section_part(reading$454, section$455, form$456);
        }), "", parts(parameters$452));
      }
      return shape$453;
    }
  }
  function read_section_part(reading$457, section$458, form$459) {
    if ((p$symbol$q(form$459) && p$starts_with$q(form$459.name, "&"))) {
      if (p$contains$q(["&key", "&env", "&rest", "&attrs"], form$459.name)) {
        return form$459.name;
      } else {
        return wrong_header(reading$457, "&key, &env, &attrs or &rest", form$459.name, form$459);
      }
    } else {
      if ((section$458 === "&key")) {
        read_prop(reading$457, form$459);
        return section$458;
      } else {
        if (((section$458 === "&env") && host.isTrue(p$list_form$q(form$459)))) {
          p$for_each(((name$460) => {
            if (p$symbol$q(name$460)) {
              return read_env(reading$457, name$460);
            } else {
              return wrong_header(reading$457, "a name", "another form", form$459);
            }
          }), parts(form$459));
          return section$458;
        } else {
          if (!p$symbol$q(form$459)) {
            return wrong_header(reading$457, "a name", "another form", form$459);
          } else {
            if ((section$458 === "&env")) {
              read_env(reading$457, form$459);
              return section$458;
            } else {
              read_single(reading$457, section$458, form$459);
              return section$458;
            }
          }
        }
      }
    }
  }
  function read_env(reading$461, symbol$462) {
    return p$push$x(reading$461.shape.env, { name: symbol$462.name, local: bind_prop(reading$461, symbol$462) });
  }
  function read_single(reading$463, section$464, symbol$465) {
    {
      let shape$466 = reading$463.shape;
      if (((section$464 === "&rest") && (shape$466.children == null))) {
        return (shape$466.children = bind_prop(reading$463, symbol$465));
      } else {
        if (((section$464 === "&attrs") && (shape$466.attrs == null))) {
          return (shape$466.attrs = bind_prop(reading$463, symbol$465));
        } else {
          return wrong_header(reading$463, ((section$464 === "") ? "&key before the first prop" : p$str("one name after ", section$464)), symbol$465.name, symbol$465);
        }
      }
    }
  }
  function bind_prop(reading$467, symbol$468) {
    {
      let r$469 = reading$467.r;
      let name$470 = symbol$468.name;
      refuse_reserved(r$469, symbol$468);
      refuse_prototype(r$469, name$470, p$span_of(symbol$468));
      if (host.isTrue(binds$q(reading$467.scope, name$470))) {
        refuse_softly(r$469, "name/duplicate", { name: name$470, where: p$str("the parameters of ", reading$467.definition.name) }, p$span_of(symbol$468));
      } else {
        null;
      }
      return bind(reading$467.scope, symbol$468);
    }
  }
  function refuse_prototype(r$471, name$472, span$473) {
    if ((name$472 === "__proto__")) {
      return refuse_softly(r$471, "dict/bad-key", { key: name$472 }, span$473);
    } else {
      return null;
    }
  }
  function wrong_header(reading$474, expected$475, found$476, at$477) {
    let or$479;
    {
      let definition$478 = reading$474.definition;
      return wrong_parameter(definition$478.name, expected$475, found$476, (or$479 = p$span_of(at$477), ((or$479 !== false && or$479 != null) ? or$479 : definition$478.span)));
    }
  }
  function read_prop(reading$480, form$481) {
    {
      let name$482;
      if (p$symbol$q(form$481)) {
        name$482 = form$481;
      } else {
        if (host.isTrue(p$list_form$q(form$481))) {
          name$482 = part(form$481, 0);
        } else {
          name$482 = null;
        }
      }
      if (!p$symbol$q(name$482)) {
        wrong_header(reading$480, "a prop name or (name :type … :default …)", "another form", form$481);
      } else {
        null;
      }
      {
        let prop$483 = { name: name$482.name, type: null, required: false, fallback: null, doc: null, local: null };
        if (p$symbol$q(form$481)) {
          null;
        } else {
          if (((size(form$481) === 2) && !host.isTrue(option$q(part(form$481, 1))))) {
            read_default(reading$480, prop$483, part(form$481, 1));
          } else {
            if ((p$rem(size(form$481), 2) === 0)) {
              wrong_header(reading$480, "options in pairs", "an option without a value", form$481);
            } else {
              read_options(reading$480, prop$483, form$481);
            }
          }
        }
        (prop$483.local = bind_prop(reading$480, name$482));
        return p$push$x(reading$480.shape.props, prop$483);
      }
    }
  }
  function option$q(form$484) {
    let and$485;
    return (and$485 = p$keyword$q(form$484), ((and$485 !== false && and$485 != null) ? p$contains$q(["type", "default", "required", "doc"], form$484.name) : and$485));
  }
  function read_options(reading$486, prop$487, form$488) {
    {
      let i$489 = 1;
      loop490: while (true) {
        if ((i$489 < size(form$488))) {
          read_option(reading$486, prop$487, form$488, (p$keyword$q(part(form$488, i$489)) ? part(form$488, i$489).name : ""), part(form$488, (i$489 + 1)));
          i$489 = (i$489 + 2);
          continue loop490;
        } else {
          return null;
        }
      }
    }
  }
  function read_option(reading$491, prop$492, form$493, option$494, value$495) {
    if ((option$494 === "type")) {
      return (prop$492.type = prop_type(reading$491, value$495, form$493));
    } else {
      if ((option$494 === "default")) {
        return read_default(reading$491, prop$492, value$495);
      } else {
        if ((option$494 === "required")) {
          return (prop$492.required = (value$495 === true));
        } else {
          if (((option$494 === "doc") && p$string$q(value$495))) {
            return (prop$492.doc = value$495);
          } else {
            return wrong_header(reading$491, ":type, :default, :required or :doc", ((option$494 === "") ? "another form" : p$str(":", option$494)), form$493);
          }
        }
      }
    }
  }
  function read_default(reading$496, prop$497, form$498) {
    if (host.isTrue(reading$496.defaults)) {
      return (prop$497.fallback = resolve(reading$496.r, form$498, reading$496.scope));
    } else {
      return null;
    }
  }
  const prop_types = (() => {
    return ["any", "string", "number", "integer", "boolean", "list", "dict", "function", "component", "markup", "symbol", "keyword"];
  })();
  function prop_type(reading$499, value$500, at$501) {
    {
      let name$502;
      if ((p$symbol$q(value$500) || p$keyword$q(value$500))) {
        name$502 = value$500.name;
      } else {
        name$502 = "";
      }
      if (p$contains$q(prop_types, name$502)) {
        return name$502;
      } else {
        return wrong_header(reading$499, p$str("a type: ", p$join(prop_types, " ")), ((name$502 === "") ? "another form" : name$502), at$501);
      }
    }
  }
  function collect_forms(r$503, forms$504) {
    {
      let added$505 = [];
      p$for_each(((form$506) => {
        if (host.isTrue(headed$q(form$506, "defmacro"))) {
          return p$push$x(added$505, collect_definition(r$503, form$506));
        } else {
          return null;
        }
      }), forms$504);
      p$for_each(((form$507) => {
        if (!host.isTrue(headed$q(form$507, "defmacro"))) {
          return collect_form(r$503, form$507, added$505);
        } else {
          return null;
        }
      }), forms$504);
      return added$505;
    }
  }
  function collect_form(r$508, form$509, added$510) {
    {
      let macro$511 = top_macro(r$508, form$509);
      if (host.isTrue(defines$q(form$509))) {
        return p$push$x(added$510, collect_definition(r$508, form$509));
      } else {
        if (((host.isTrue(headed$q(form$509, "do")) || host.isTrue(headed$q(form$509, "begin"))) && host.isTrue(p$some(defines_plainly$q, parts(form$509))))) {
          return p$for_each(((each$512) => {
            return collect_form(r$508, each$512, added$510);
          }), parts_from(form$509, 1));
        } else {
          if (!(macro$511 == null)) {
            return expand_then(r$508, macro$511, form$509, ((expansion$513) => {
              return collect_form(r$508, expansion$513, added$510);
            }));
          } else {
            return p$push$x(r$508.library.expressions, form$509);
          }
        }
      }
    }
  }
  function defines$q(form$514) {
    let or$515;
    return (or$515 = defines_plainly$q(form$514), ((or$515 !== false && or$515 != null) ? or$515 : headed$q(form$514, "defmacro")));
  }
  function defines_plainly$q(form$516) {
    let or$517;
    return (or$517 = headed$q(form$516, "define"), ((or$517 !== false && or$517 != null) ? or$517 : headed$q(form$516, "defcomp")));
  }
  function top_macro(r$518, form$519) {
    if ((host.isTrue(p$list_form$q(form$519)) && (p$symbol$q(part(form$519, 0)) && (!p$table_has$q(special_forms, head_name(form$519)) && !p$table_has$q(html_tags, head_name(form$519)))))) {
      return macro_of(r$518, part(form$519, 0), outermost_scope(null));
    } else {
      return null;
    }
  }
  const definition_shapes = (() => {
    return { define: "(define name value)", defcomp: "(defcomp ~name (&key prop …) body …)", defmacro: "(defmacro name (parameter …) body …)" };
  })();
  function collect_definition(r$520, form$521) {
    {
      let head$522 = head_name(form$521);
      let shadow$523 = shadows$q(form$521);
      {
        let plain$524;
        if ((shadow$523 !== false && shadow$523 != null)) {
          plain$524 = form_at(form$521, p$cons(part(form$521, 0), parts_from(form$521, 2)));
        } else {
          plain$524 = form$521;
        }
        {
          let name$525 = definition_symbol(head$522, form$521, plain$524);
          check_definition_name(r$520, head$522, name$525, shadow$523);
          if ((head$522 === "defmacro")) {
            check_templates(plain$524);
          } else {
            null;
          }
          {
            let kind$526 = definition_kind(head$522, plain$524);
            let library$527 = r$520.library;
            return p$table_set$x(library$527.definitions, name$525.name, p$make_definition(name$525.name, kind$526, definition_form(head$522, kind$526, plain$524), library$527, p$span_of(form$521)));
          }
        }
      }
    }
  }
  function shadows$q(form$528) {
    let and$529, and$530;
    return (and$529 = headed$q(form$528, "define"), ((and$529 !== false && and$529 != null) ? (and$530 = p$keyword$q(part(form$528, 1)), ((and$530 !== false && and$530 != null) ? (part(form$528, 1).name === "shadow") : and$530)) : and$529));
  }
  function short$q(head$531, plain$532) {
    let and$533;
    return (and$533 = (head$531 === "define"), ((and$533 !== false && and$533 != null) ? p$list_form$q(part(plain$532, 1)) : and$533));
  }
  function definition_symbol(head$534, form$535, plain$536) {
    {
      let name$537;
      if (host.isTrue(short$q(head$534, plain$536))) {
        name$537 = part(part(plain$536, 1), 0);
      } else {
        name$537 = part(plain$536, 1);
      }
      if (p$symbol$q(name$537)) {
        return name$537;
      } else {
        return wrong_part(form$535, p$get(definition_shapes, head$534), "no name", form$535);
      }
    }
  }
  function definition_kind(head$538, plain$539) {
    if ((head$538 === "defcomp")) {
      return "component";
    } else {
      if ((head$538 === "defmacro")) {
        return "macro";
      } else {
        if (host.isTrue(short$q(head$538, plain$539))) {
          return "function";
        } else {
          if (!(size(plain$539) === 3)) {
            return wrong_define(plain$539);
          } else {
            if ((host.isTrue(headed$q(part(plain$539, 2), "fn")) || host.isTrue(headed$q(part(plain$539, 2), "lambda")))) {
              return "function";
            } else {
              return "value";
            }
          }
        }
      }
    }
  }
  function definition_form(head$540, kind$541, plain$542) {
    if (((head$540 === "define") && ((kind$541 === "function") && !host.isTrue(short$q(head$540, plain$542))))) {
      return part(plain$542, 2);
    } else {
      return plain$542;
    }
  }
  function check_definition_name(r$543, head$544, symbol$545, shadow$546) {
    {
      let name$547 = symbol$545.name;
      let span$548 = p$span_of(symbol$545);
      {
        let component$q$549 = component_name$q(name$547);
        if (!(component$q$549 === (head$544 === "defcomp"))) {
          p$refuse_at("syntax/bad-form", { form: head$544, shape: ((head$544 === "defcomp") ? p$get(definition_shapes, "defcomp") : "a name without ~"), found: ((component$q$549 !== false && component$q$549 != null) ? p$str(head$544, " of a name that begins with ~") : p$str("the name ", name$547)) }, span$548);
        } else {
          null;
        }
      }
      if (p$table_has$q(special_forms, name$547)) {
        p$refuse_at("name/reserved", { name: name$547 }, span$548);
      } else {
        null;
      }
      if ((p$table_has$q(html_tags, name$547) && !(name$547 === "map"))) {
        p$refuse_at("name/tag", { name: name$547 }, span$548);
      } else {
        null;
      }
      if ((p$table_has$q(r$543.primitives, name$547) && !(shadow$546 !== false && shadow$546 != null))) {
        p$refuse_at("name/reserved", { name: name$547 }, span$548);
      } else {
        null;
      }
      {
        let earlier$550 = find_definition(r$543.library, name$547);
        if (!((earlier$550 == null) || host.isTrue(earlier$550.library.yields))) {
          p$refuse_at("name/duplicate", { name: name$547, where: definition_file(earlier$550) }, span$548);
        } else {
          null;
        }
      }
      if ((host.isTrue(p$template_symbol$q(symbol$545)) && p$includes$q(name$547, "#"))) {
        return p$refuse_at("macro/unhygienic", { name: name$547 }, span$548);
      } else {
        return null;
      }
    }
  }
  function definition_file(definition$551) {
    if ((definition$551.span == null)) {
      return "this library";
    } else {
      return definition$551.span.source.file;
    }
  }
  return {
    "make-resolver": make_resolver,
    "resolve": resolve,
    "refuse-softly": refuse_softly,
    "resolve-expression": resolve_expression,
    "resolve-definition": resolve_definition,
    "definition-core": definition_core,
    "resolve-form": resolve_form,
    "resolve-all": resolve_all,
    "deepest-nesting": deepest_nesting,
    "resolve-nested": resolve_nested,
    "resolve-list": resolve_list,
    "resolve-headed": resolve_headed,
    "component-name?": component_name$q,
    "resolve-call": resolve_call,
    "resolve-symbol": resolve_symbol,
    "resolve-global": resolve_global,
    "names-in-sight": names_in_sight,
    "definition-of": definition_of,
    "find-definition": find_definition,
    "search-library": search_library,
    "library-names": library_names,
    "macro-of": macro_of,
    "name-table": name_table,
    "html-tags": html_tags,
    "svg-tags": svg_tags,
    "shared-svg-tags": shared_svg_tags,
    "tag-of": tag_of,
    "prefixed-tag": prefixed_tag,
    "resolve-body": resolve_body,
    "define-inner": define_inner,
    "defined-name": defined_name,
    "wrong-define": wrong_define,
    "recursive-body": recursive_body,
    "last-defined": last_defined,
    "body-binding": body_binding,
    "defined-value": defined_value,
    "name-function": name_function,
    "flatten-definitions": flatten_definitions,
    "flatten-definition": flatten_definition,
    "body-macro": body_macro,
    "refuse-reserved": refuse_reserved,
    "resolve-if": resolve_if,
    "resolve-do": resolve_do,
    "resolve-quote": resolve_quote,
    "binding-pairs": binding_pairs,
    "resolve-let": resolve_let,
    "resolve-named-let": resolve_named_let,
    "resolve-letrec": resolve_letrec,
    "bind-recursive": bind_recursive,
    "resolve-set": resolve_set,
    "assigned": assigned,
    "not-assignable": not_assignable,
    "make-function": make_function,
    "resolve-fn": resolve_fn,
    "resolve-function": resolve_function,
    "parameter-forms": parameter_forms,
    "parameter-list": parameter_list,
    "resolve-parameter": resolve_parameter,
    "bind-rest": bind_rest,
    "bind-parameter": bind_parameter,
    "bind-once": bind_once,
    "wrong-parameter": wrong_parameter,
    "resolve-try": resolve_try,
    "take-clause": take_clause,
    "bind-caught": bind_caught,
    "resolve-provide": resolve_provide,
    "resolve-context": resolve_context,
    "resolve-prompt": resolve_prompt,
    "resolve-capture": resolve_capture,
    "resolve-perform": resolve_perform,
    "resolve-suspense": resolve_suspense,
    "refuse-unquote": refuse_unquote,
    "refuse-inner-definition": refuse_inner_definition,
    "refuse-stray": refuse_stray,
    "refuse-unbuilt": refuse_unbuilt,
    "special-forms": special_forms,
    "resolve-fragment": resolve_fragment,
    "resolve-element": resolve_element,
    "element-scope": element_scope,
    "with-early": with_early,
    "read-parts": read_parts,
    "read-named": read_named,
    "read-spread": read_spread,
    "compute-early": compute_early,
    "keep-early": keep_early,
    "needs-early?": needs_early$q,
    "check-attribute": check_attribute,
    "check-literal-attribute": check_literal_attribute,
    "collect-classes": collect_classes,
    "collect-bound-classes": collect_bound_classes,
    "resolve-component-call": resolve_component_call,
    "check-component-call": check_component_call,
    "props-by-name": props_by_name,
    "check-prop": check_prop,
    "check-literal-prop": check_literal_prop,
    "of-type?": of_type$q,
    "gives?": gives$q,
    "add-implicit": add_implicit,
    "resolve-component": resolve_component,
    "frame-of": frame_of,
    "shape-of": shape_of,
    "read-header": read_header,
    "read-section-part": read_section_part,
    "read-env": read_env,
    "read-single": read_single,
    "bind-prop": bind_prop,
    "refuse-prototype": refuse_prototype,
    "wrong-header": wrong_header,
    "read-prop": read_prop,
    "option?": option$q,
    "read-options": read_options,
    "read-option": read_option,
    "read-default": read_default,
    "prop-types": prop_types,
    "prop-type": prop_type,
    "collect-forms": collect_forms,
    "collect-form": collect_form,
    "defines?": defines$q,
    "defines-plainly?": defines_plainly$q,
    "top-macro": top_macro,
    "definition-shapes": definition_shapes,
    "collect-definition": collect_definition,
    "shadows?": shadows$q,
    "short?": short$q,
    "definition-symbol": definition_symbol,
    "definition-kind": definition_kind,
    "definition-form": definition_form,
    "check-definition-name": check_definition_name,
    "definition-file": definition_file,
  };
}
