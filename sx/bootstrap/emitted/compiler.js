// Emitted from sx/spec/compiler.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$refuse = host.primitive("refuse");
  const p$make_table = host.primitive("make-table");
  const p$for_each = host.primitive("for-each");
  const p$push$x = host.primitive("push!");
  const p$number$q = host.primitive("number?");
  const p$table_has$q = host.primitive("table-has?");
  const p$table_get = host.primitive("table-get");
  const p$table_set$x = host.primitive("table-set!");
  const p$string_$gsymbol = host.primitive("string->symbol");
  const p$quot = host.primitive("quot");
  const p$mod = host.primitive("mod");
  const p$set_nth$x = host.primitive("set-nth!");
  const p$map_indexed = host.primitive("map-indexed");
  const p$take = host.primitive("take");
  const p$some = host.primitive("some");
  const p$every$q = host.primitive("every?");
  const p$cons = host.primitive("cons");
  const p$map = host.primitive("map");
  const p$filter = host.primitive("filter");
  const p$concat = host.primitive("concat");
  const p$definition$q = host.primitive("definition?");
  const p$$e = host.primitive("=");
  const p$has_key$q = host.primitive("has-key?");
  const p$drop = host.primitive("drop");
  const p$empty$q = host.primitive("empty?");
  const p$last = host.primitive("last");
  const op_const = 1;
  const op_nil = 2;
  const op_true = 3;
  const op_false = 4;
  const op_pop = 5;
  const op_dup = 6;
  const op_local_get = 16;
  const op_local_set = 17;
  const op_upval_get = 18;
  const op_upval_set = 19;
  const op_global_get = 20;
  const op_global_set = 21;
  const op_jump = 32;
  const op_jump_if_false = 33;
  const op_jump_if_true = 34;
  const op_call = 48;
  const op_tail_call = 49;
  const op_return = 50;
  const op_closure = 51;
  const op_call_prim = 52;
  const op_list = 64;
  const op_dict = 65;
  const op_str_concat = 66;
  const op_define = 80;
  const most = 255;
  const farthest = 65535;
  function check_size(what$1, limit$2, found$3) {
    if ((found$3 > limit$2)) {
      return p$refuse("module/too-large", { what: what$1, limit: limit$2, found: found$3 });
    } else {
      return null;
    }
  }
  function make_builder() {
    return { constants: [], known: p$make_table(), names: p$make_table(), links: [], protos: [], places: [], entries: [], boxed: p$make_table(), early: p$make_table(), selves: p$make_table() };
  }
  function compile_module(definitions$4, expression$5) {
    {
      let b$6 = make_builder();
      p$for_each(((definition$7) => {
        return compile_definition(b$6, definition$7);
      }), definitions$4);
      if (!(expression$5 == null)) {
        add_entry(b$6, name_constant(b$6, "expression"), "expression", compile_block_of(b$6, "expression", expression$5, null));
      } else {
        null;
      }
      return { module: { constants: b$6.constants, protos: b$6.protos, entries: b$6.entries, dependencies: [] }, places: b$6.places, links: b$6.links };
    }
  }
  function compile_definition(b$8, definition$9) {
    let case_value$12;
    {
      let name$10 = definition$9.name;
      let kind$11 = definition$9.kind;
      return add_entry(b$8, definition_constant(b$8, definition$9), kind$11, (case_value$12 = kind$11, ((case_value$12 === "value") ? compile_block_of(b$8, name$10, definition$9.core, definition$9) : ((case_value$12 === "component") ? compile_component(b$8, definition$9) : (analyse(b$8, definition$9.core), compile_fn(b$8, definition$9.core, null, null))))));
    }
  }
  function add_entry(b$13, name$14, kind$15, proto$16) {
    return p$push$x(b$13.entries, { name: name$14, proto: proto$16, kind: kind$15 });
  }
  function compile_block_of(b$17, name$18, core$19, defines$20) {
    {
      let u$21 = make_unit(b$17, name$18, "block", null);
      analyse(b$17, core$19);
      compile(u$21, core$19, (defines$20 == null));
      if (!(defines$20 == null)) {
        emit_wide(u$21, null, op_define, definition_constant(b$17, defines$20));
        emit(u$21, null, op_return);
      } else {
        null;
      }
      return finish_unit(u$21, 0, false);
    }
  }
  function constant(b$22, value$23) {
    {
      let value$24;
      if (p$number$q(value$23)) {
        value$24 = (value$23 + 0);
      } else {
        value$24 = value$23;
      }
      let known$25 = b$22.known;
      if (p$table_has$q(known$25, value$24)) {
        return p$table_get(known$25, value$24);
      } else {
        return p$table_set$x(known$25, value$24, add_constant(b$22, value$24));
      }
    }
  }
  function add_constant(b$26, value$27) {
    {
      let constants$28 = b$26.constants;
      check_size("constants", farthest, (constants$28.length + 1));
      constants$28.push(value$27);
      return (constants$28.length - 1);
    }
  }
  function name_constant(b$29, name$30) {
    {
      let known$31 = b$29.names;
      if (p$table_has$q(known$31, name$30)) {
        return p$table_get(known$31, name$30);
      } else {
        return p$table_set$x(known$31, name$30, add_constant(b$29, p$string_$gsymbol(name$30)));
      }
    }
  }
  function definition_constant(b$32, definition$33) {
    {
      let known$34 = b$32.names;
      if (p$table_has$q(known$34, definition$33)) {
        return p$table_get(known$34, definition$33);
      } else {
        {
          let symbol$35 = p$string_$gsymbol(definition$33.name);
          b$32.links.push({ symbol: symbol$35, definition: definition$33 });
          return p$table_set$x(known$34, definition$33, add_constant(b$32, symbol$35));
        }
      }
    }
  }
  function make_unit(b$36, name$37, kind$38, outer$39) {
    return { builder: b$36, name: name$37, kind: kind$38, outer: outer$39, code: [], places: [], slots: p$make_table(), next: 0, floor: 0, most: 0, cells: [], captures: [], captured: p$make_table(), self: null, props: [], env: [], attrs: false };
  }
  function finish_unit(u$40, required$41, rest$q$42) {
    {
      let b$43 = u$40.builder;
      b$43.places.push(u$40.places);
      b$43.protos.push({ name: constant(b$43, u$40.name), kind: u$40.kind, required: required$41, rest: rest$q$42, props: u$40.props, env: u$40.env, attrs: u$40.attrs, slots: u$40.most, cells: u$40.cells, captures: u$40.captures, code: u$40.code });
      return (b$43.protos.length - 1);
    }
  }
  function bind_slot(u$44, local$45) {
    {
      let slot$46;
      if (host.isTrue(boxed$q(u$44, local$45))) {
        slot$46 = u$44.most;
      } else {
        slot$46 = u$44.next;
      }
      check_size("variables in a function", most, (slot$46 + 1));
      p$table_set$x(u$44.slots, local$45, slot$46);
      (u$44.next = (slot$46 + 1));
      if (((slot$46 + 1) > u$44.most)) {
        (u$44.most = (slot$46 + 1));
      } else {
        null;
      }
      if (host.isTrue(boxed$q(u$44, local$45))) {
        u$44.cells.push(slot$46);
        (u$44.floor = (slot$46 + 1));
      } else {
        null;
      }
      return slot$46;
    }
  }
  function release_slots(u$47, from$48) {
    return (u$47.next = ((u$47.floor > from$48) ? u$47.floor : from$48));
  }
  function boxed$q(u$49, local$50) {
    return p$table_has$q(u$49.builder.boxed, local$50);
  }
  function locate(u$51, local$52) {
    if (p$table_has$q(u$51.slots, local$52)) {
      return { from: "local", index: p$table_get(u$51.slots, local$52) };
    } else {
      if (p$table_has$q(u$51.captured, local$52)) {
        return { from: "upvalue", index: p$table_get(u$51.captured, local$52) };
      } else {
        if ((u$51.self === local$52)) {
          return take_along(u$51, local$52, { from: "self", index: 0 });
        } else {
          return take_along(u$51, local$52, locate(u$51.outer, local$52));
        }
      }
    }
  }
  function take_along(u$53, local$54, from$55) {
    {
      let index$56 = u$53.captures.length;
      check_size("captured variables in a function", most, (index$56 + 1));
      u$53.captures.push(from$55);
      p$table_set$x(u$53.captured, local$54, index$56);
      return { from: "upvalue", index: index$56 };
    }
  }
  function note_place(u$57, span$58) {
    if (!(span$58 == null)) {
      return p$push$x(u$57.places, { offset: u$57.code.length, span: span$58 });
    } else {
      return null;
    }
  }
  function emit(u$59, span$60, op$61) {
    note_place(u$59, span$60);
    return p$push$x(u$59.code, op$61);
  }
  function emit_byte(u$62, span$63, op$64, operand$65) {
    note_place(u$62, span$63);
    u$62.code.push(op$64);
    return p$push$x(u$62.code, operand$65);
  }
  function emit_wide(u$66, span$67, op$68, operand$69) {
    note_place(u$66, span$67);
    u$66.code.push(op$68);
    return push_wide(u$66, operand$69);
  }
  function push_wide(u$70, operand$71) {
    u$70.code.push(p$quot(operand$71, 256));
    return p$push$x(u$70.code, p$mod(operand$71, 256));
  }
  function emit_native(u$72, span$73, name$74, n$75) {
    emit_wide(u$72, span$73, op_call_prim, name_constant(u$72.builder, name$74));
    return p$push$x(u$72.code, n$75);
  }
  function emit_constant(u$76, value$77) {
    if ((value$77 == null)) {
      return emit(u$76, null, op_nil);
    } else {
      if ((value$77 === true)) {
        return emit(u$76, null, op_true);
      } else {
        if ((value$77 === false)) {
          return emit(u$76, null, op_false);
        } else {
          return emit_wide(u$76, null, op_const, constant(u$76.builder, value$77));
        }
      }
    }
  }
  function emit_jump(u$78, op$79) {
    emit_wide(u$78, null, op$79, 0);
    return u$78.code.length;
  }
  function land(u$80, jump$81) {
    {
      let distance$82 = (u$80.code.length - jump$81);
      check_size("bytes in a choice", farthest, distance$82);
      p$set_nth$x(u$80.code, (jump$81 - 2), p$quot(distance$82, 256));
      return p$set_nth$x(u$80.code, (jump$81 - 1), p$mod(distance$82, 256));
    }
  }
  function land_all(u$83, jumps$84) {
    return p$for_each(((jump$85) => {
      return land(u$83, jump$85);
    }), jumps$84);
  }
  function return_when(u$86, tail$q$87) {
    if ((tail$q$87 !== false && tail$q$87 != null)) {
      return emit(u$86, null, op_return);
    } else {
      return null;
    }
  }
  function analyse(b$88, core$89) {
    {
      let case_value$90 = core$89.kind;
      if ((case_value$90 === "let")) {
        p$for_each(((binding$91) => {
          return own(b$88, binding$91.local);
        }), core$89.bindings);
      } else {
        if ((case_value$90 === "letrec")) {
          own_recursive(b$88, core$89.bindings);
        } else {
          if ((case_value$90 === "fn")) {
            own_parameters(b$88, core$89);
          } else {
            if ((case_value$90 === "try")) {
              if (!(core$89.handler == null)) {
                own(b$88, core$89.caught);
              } else {
                null;
              }
            } else {
              if ((case_value$90 === "capture")) {
                own(b$88, core$89.local);
              } else {
                null;
              }
            }
          }
        }
      }
    }
    return p$for_each(((part$92) => {
      return analyse(b$88, part$92);
    }), parts_of(core$89));
  }
  function own(b$93, local$94) {
    if (host.isTrue(local$94.mutated)) {
      return p$table_set$x(b$93.boxed, local$94, true);
    } else {
      return null;
    }
  }
  function own_parameters(b$95, core$96) {
    p$for_each(((local$97) => {
      return own(b$95, local$97);
    }), core$96.parameters);
    if (!(core$96.rest == null)) {
      return own(b$95, core$96.rest);
    } else {
      return null;
    }
  }
  function own_recursive(b$98, bindings$99) {
    p$for_each(((binding$100) => {
      return own(b$98, binding$100.local);
    }), bindings$99);
    if (host.isTrue(functions_only$q(bindings$99))) {
      return p$map_indexed(((i$101, binding$102) => {
        return own_function(b$98, binding$102, p$take(bindings$99, i$101));
      }), bindings$99);
    } else {
      return p$for_each(((binding$103) => {
        p$table_set$x(b$98.boxed, binding$103.local, true);
        return p$table_set$x(b$98.early, binding$103.local, true);
      }), bindings$99);
    }
  }
  function own_function(b$104, binding$105, earlier$106) {
    {
      let local$107 = binding$105.local;
      if (host.isTrue(p$some(((before$108) => {
        return mentions$q(before$108.value, local$107);
      }), earlier$106))) {
        return p$table_set$x(b$104.boxed, local$107, true);
      } else {
        if (!host.isTrue(local$107.mutated)) {
          return p$table_set$x(b$104.selves, binding$105.value, local$107);
        } else {
          return null;
        }
      }
    }
  }
  function functions_only$q(bindings$109) {
    return p$every$q(((binding$110) => {
      return (binding$110.value.kind === "fn");
    }), bindings$109);
  }
  function mentions$q(core$111, local$112) {
    let and$113, or$114, and$115, or$116;
    return (or$114 = (and$113 = (core$111.kind === "local"), ((and$113 !== false && and$113 != null) ? (core$111.local === local$112) : and$113)), ((or$114 !== false && or$114 != null) ? or$114 : (or$116 = (and$115 = (core$111.kind === "set"), ((and$115 !== false && and$115 != null) ? (core$111.target === local$112) : and$115)), ((or$116 !== false && or$116 != null) ? or$116 : p$some(((part$117) => {
      return mentions$q(part$117, local$112);
    }), parts_of(core$111))))));
  }
  function parts_of(core$118) {
    {
      let case_value$119 = core$118.kind;
      if ((case_value$119 === "if")) {
        return [core$118.test, core$118.yes, core$118.no];
      } else {
        if ((case_value$119 === "let")) {
          return p$cons(core$118.body, p$map(((binding$120) => {
            return binding$120.value;
          }), core$118.bindings));
        } else {
          if ((case_value$119 === "letrec")) {
            return p$cons(core$118.body, p$map(((binding$121) => {
              return binding$121.value;
            }), core$118.bindings));
          } else {
            if ((case_value$119 === "fn")) {
              return [core$118.body];
            } else {
              if ((case_value$119 === "do")) {
                return core$118.forms;
              } else {
                if ((case_value$119 === "set")) {
                  return [core$118.value];
                } else {
                  if ((case_value$119 === "call")) {
                    return p$cons(core$118.callee, core$118.args);
                  } else {
                    if ((case_value$119 === "dict")) {
                      return core$118.values;
                    } else {
                      if ((case_value$119 === "try")) {
                        return p$filter(((part$122) => {
                          return !(part$122 == null);
                        }), [core$118.body, core$118.handler, core$118.cleanup]);
                      } else {
                        if ((case_value$119 === "provide")) {
                          return [core$118.key, core$118.value, core$118.body];
                        } else {
                          if ((case_value$119 === "context")) {
                            return p$filter(((part$123) => {
                              return !(part$123 == null);
                            }), [core$118.key, core$118.fallback]);
                          } else {
                            if ((case_value$119 === "prompt")) {
                              return [core$118.tag, core$118.body];
                            } else {
                              if ((case_value$119 === "capture")) {
                                return [core$118.tag, core$118.body];
                              } else {
                                if ((case_value$119 === "perform")) {
                                  return p$cons(core$118.operation, core$118.args);
                                } else {
                                  if ((case_value$119 === "element")) {
                                    return p$concat(p$map(((attribute$124) => {
                                      return attribute$124.value;
                                    }), core$118.attributes), core$118.children);
                                  } else {
                                    if ((case_value$119 === "fragment")) {
                                      return core$118.children;
                                    } else {
                                      if ((case_value$119 === "component-call")) {
                                        return p$concat([core$118.component], p$map(((prop$125) => {
                                          return prop$125.value;
                                        }), core$118.props), core$118.children);
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
  }
  function read_local(u$126, core$127) {
    {
      let local$128 = core$127.local;
      {
        let place$129 = locate(u$126, local$128);
        emit_byte(u$126, null, ((place$129.from === "local") ? op_local_get : op_upval_get), place$129.index);
        if (p$table_has$q(u$126.builder.early, local$128)) {
          emit_constant(u$126, local$128.name);
          return emit_native(u$126, core$127.span, "%initialised", 2);
        } else {
          return null;
        }
      }
    }
  }
  function write_local(u$130, local$131) {
    {
      let place$132 = locate(u$130, local$131);
      return emit_byte(u$130, null, ((place$132.from === "local") ? op_local_set : op_upval_set), place$132.index);
    }
  }
  function bind_value(u$133, local$134) {
    emit_byte(u$133, null, op_local_set, bind_slot(u$133, local$134));
    return emit(u$133, null, op_pop);
  }
  function compile_fn(b$135, core$136, outer$137, self$138) {
    {
      let u$139 = make_unit(b$135, core$136.name, "function", outer$137);
      (u$139.self = self$138);
      p$for_each(((local$140) => {
        return bind_slot(u$139, local$140);
      }), core$136.parameters);
      if (!(core$136.rest == null)) {
        bind_slot(u$139, core$136.rest);
      } else {
        null;
      }
      check_size("parameters in a function", (most - 1), core$136.parameters.length);
      compile(u$139, core$136.body, true);
      return finish_unit(u$139, core$136.parameters.length, !(core$136.rest == null));
    }
  }
  function emit_closure(u$141, proto$142) {
    return emit_wide(u$141, null, op_closure, proto$142);
  }
  function compile_block(u$143, core$144, parameter$145) {
    {
      let block$146 = make_unit(u$143.builder, u$143.name, "block", u$143);
      if (!(parameter$145 == null)) {
        bind_slot(block$146, parameter$145);
      } else {
        null;
      }
      compile(block$146, core$144, true);
      return emit_closure(u$143, finish_unit(block$146, ((parameter$145 == null) ? 0 : 1), false));
    }
  }
  function compile_component(b$147, definition$148) {
    {
      let shape$149 = definition$148.shape;
      let core$150 = definition$148.core;
      {
        let u$151 = make_unit(b$147, definition$148.name, "component", null);
        analyse_component(b$147, shape$149, core$150);
        p$for_each(((prop$152) => {
          return bind_slot(u$151, prop$152.local);
        }), shape$149.props);
        p$for_each(((slot$153) => {
          return bind_slot(u$151, slot$153.local);
        }), shape$149.env);
        if (!(shape$149.attrs == null)) {
          bind_slot(u$151, shape$149.attrs);
        } else {
          null;
        }
        if (!(shape$149.children == null)) {
          bind_slot(u$151, shape$149.children);
        } else {
          null;
        }
        (u$151.props = p$map(((prop$154) => {
          return prop_shape(b$147, prop$154);
        }), shape$149.props));
        (u$151.env = p$map(((slot$155) => {
          return constant(b$147, slot$155.name);
        }), shape$149.env));
        (u$151.attrs = !(shape$149.attrs == null));
        p$for_each(((prop$156) => {
          return compile_prop(u$151, prop$156);
        }), shape$149.props);
        emit_native(u$151, null, "%fragment", 0);
        compile_child(u$151, core$150.body, core$150.body.span);
        emit_native(u$151, null, "%markup", 1);
        emit(u$151, null, op_return);
        return finish_unit(u$151, 0, !(shape$149.children == null));
      }
    }
  }
  function analyse_component(b$157, shape$158, core$159) {
    p$for_each(((prop$160) => {
      own(b$157, prop$160.local);
      if (!(prop$160.fallback == null)) {
        return analyse(b$157, prop$160.fallback);
      } else {
        return null;
      }
    }), shape$158.props);
    p$for_each(((slot$161) => {
      return own(b$157, slot$161.local);
    }), shape$158.env);
    if (!(shape$158.attrs == null)) {
      own(b$157, shape$158.attrs);
    } else {
      null;
    }
    if (!(shape$158.children == null)) {
      own(b$157, shape$158.children);
    } else {
      null;
    }
    return analyse(b$157, core$159);
  }
  function prop_shape(b$162, prop$163) {
    return { name: constant(b$162, prop$163.name), type: ((prop$163.type == null) ? -1 : constant(b$162, prop$163.type)), required: prop$163.required, fallback: !(prop$163.fallback == null) };
  }
  function compile_prop(u$164, prop$165) {
    {
      let slot$166 = p$table_get(u$164.slots, prop$165.local);
      if (!(prop$165.fallback == null)) {
        emit_byte(u$164, null, op_local_get, slot$166);
        emit_native(u$164, null, "%absent?", 1);
        {
          let given$167 = emit_jump(u$164, op_jump_if_false);
          compile(u$164, prop$165.fallback, false);
          emit_byte(u$164, null, op_local_set, slot$166);
          emit(u$164, null, op_pop);
          land(u$164, given$167);
        }
      } else {
        if (host.isTrue(prop$165.required)) {
          check_prop(u$164, slot$166, prop$165, "%required", null);
        } else {
          null;
        }
      }
      if (!(prop$165.type == null)) {
        return check_prop(u$164, slot$166, prop$165, "%prop-type", prop$165.type);
      } else {
        return null;
      }
    }
  }
  function check_prop(u$168, slot$169, prop$170, check$171, type$172) {
    emit_byte(u$168, null, op_local_get, slot$169);
    emit_constant(u$168, prop$170.name);
    emit_constant(u$168, u$168.name);
    if (!(type$172 == null)) {
      emit_constant(u$168, type$172);
    } else {
      null;
    }
    emit_native(u$168, null, check$171, ((type$172 == null) ? 3 : 4));
    return emit(u$168, null, op_pop);
  }
  function compile(u$173, core$174, tail$q$175) {
    {
      let case_value$176 = core$174.kind;
      if ((case_value$176 === "const")) {
        emit_constant(u$173, core$174.value);
        return return_when(u$173, tail$q$175);
      } else {
        if ((case_value$176 === "local")) {
          read_local(u$173, core$174);
          return return_when(u$173, tail$q$175);
        } else {
          if ((case_value$176 === "definition")) {
            read_global(u$173, core$174, definition_constant(u$173.builder, core$174.definition));
            return return_when(u$173, tail$q$175);
          } else {
            if ((case_value$176 === "primitive")) {
              read_global(u$173, core$174, name_constant(u$173.builder, core$174.name));
              return return_when(u$173, tail$q$175);
            } else {
              if ((case_value$176 === "if")) {
                return compile_if(u$173, core$174, tail$q$175);
              } else {
                if ((case_value$176 === "let")) {
                  return compile_let(u$173, core$174, tail$q$175);
                } else {
                  if ((case_value$176 === "letrec")) {
                    return compile_letrec(u$173, core$174, tail$q$175);
                  } else {
                    if ((case_value$176 === "fn")) {
                      compile_closure(u$173, core$174);
                      return return_when(u$173, tail$q$175);
                    } else {
                      if ((case_value$176 === "do")) {
                        return compile_do(u$173, core$174, tail$q$175);
                      } else {
                        if ((case_value$176 === "set")) {
                          compile_set(u$173, core$174);
                          return return_when(u$173, tail$q$175);
                        } else {
                          if ((case_value$176 === "call")) {
                            return compile_call(u$173, core$174, tail$q$175);
                          } else {
                            if ((case_value$176 === "dict")) {
                              compile_dict(u$173, core$174);
                              return return_when(u$173, tail$q$175);
                            } else {
                              if ((case_value$176 === "context")) {
                                return compile_context(u$173, core$174, tail$q$175);
                              } else {
                                compile_special(u$173, core$174);
                                return return_when(u$173, tail$q$175);
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
  function compile_special(u$177, core$178) {
    {
      let case_value$179 = core$178.kind;
      if ((case_value$179 === "try")) {
        return compile_try(u$177, core$178);
      } else {
        if ((case_value$179 === "provide")) {
          compile(u$177, core$178.key, false);
          compile(u$177, core$178.value, false);
          compile_block(u$177, core$178.body, null);
          return emit_native(u$177, core$178.span, "%provide", 3);
        } else {
          if ((case_value$179 === "prompt")) {
            compile(u$177, core$178.tag, false);
            compile_block(u$177, core$178.body, null);
            return emit_native(u$177, core$178.span, "%prompt", 2);
          } else {
            if ((case_value$179 === "capture")) {
              compile(u$177, core$178.tag, false);
              compile_block(u$177, core$178.body, core$178.local);
              return emit_native(u$177, core$178.span, "%capture", 2);
            } else {
              if ((case_value$179 === "perform")) {
                return compile_perform(u$177, core$178);
              } else {
                if ((case_value$179 === "element")) {
                  emit_constant(u$177, core$178.tag);
                  emit_native(u$177, null, "%open", 1);
                  compile_element(u$177, core$178);
                  return emit_native(u$177, null, "%markup", 1);
                } else {
                  if ((case_value$179 === "fragment")) {
                    emit_native(u$177, null, "%fragment", 0);
                    p$for_each(((child$180) => {
                      let or$181;
                      return compile_child(u$177, child$180, (or$181 = child$180.span, ((or$181 !== false && or$181 != null) ? or$181 : core$178.span)));
                    }), core$178.children);
                    return emit_native(u$177, null, "%markup", 1);
                  } else {
                    if ((case_value$179 === "component-call")) {
                      return compile_component_call(u$177, core$178);
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
  function read_global(u$182, core$183, constant$184) {
    return emit_wide(u$182, core$183.span, op_global_get, constant$184);
  }
  function compile_closure(u$185, core$186) {
    return emit_closure(u$185, compile_fn(u$185.builder, core$186, u$185, p$table_get(u$185.builder.selves, core$186)));
  }
  function compile_set(u$187, core$188) {
    {
      let target$189 = core$188.target;
      compile(u$187, core$188.value, false);
      if (host.isTrue(p$definition$q(target$189))) {
        return emit_wide(u$187, core$188.span, op_global_set, definition_constant(u$187.builder, target$189));
      } else {
        return write_local(u$187, target$189);
      }
    }
  }
  function compile_do(u$190, core$191, tail$q$192) {
    {
      let forms$193 = core$191.forms;
      {
        let i$194 = 0;
        loop195: while (true) {
          if (p$$e(i$194, (forms$193.length - 1))) {
            return compile(u$190, forms$193[i$194], tail$q$192);
          } else {
            compile_effect(u$190, forms$193[i$194]);
            i$194 = (i$194 + 1);
            continue loop195;
          }
        }
      }
    }
  }
  function compile_effect(u$196, core$197) {
    if (!(core$197.kind === "const")) {
      compile(u$196, core$197, false);
      return emit(u$196, null, op_pop);
    } else {
      return null;
    }
  }
  function compile_let(u$198, core$199, tail$q$200) {
    if (host.isTrue(short_circuit$q(core$199))) {
      return compile_short_circuit(u$198, core$199, tail$q$200);
    } else {
      {
        let before$201 = u$198.next;
        bind_all(u$198, core$199.bindings);
        compile(u$198, core$199.body, tail$q$200);
        return release_slots(u$198, before$201);
      }
    }
  }
  function bind_all(u$202, bindings$203) {
    return p$for_each(((binding$204) => {
      compile(u$202, binding$204.value, false);
      return bind_value(u$202, binding$204.local);
    }), bindings$203);
  }
  function compile_letrec(u$205, core$206, tail$q$207) {
    {
      let before$208 = u$205.next;
      bind_recursive(u$205, core$206.bindings);
      compile(u$205, core$206.body, tail$q$207);
      return release_slots(u$205, before$208);
    }
  }
  function bind_recursive(u$209, bindings$210) {
    p$for_each(((binding$211) => {
      {
        let slot$212 = bind_slot(u$209, binding$211.local);
        if (host.isTrue(boxed$q(u$209, binding$211.local))) {
          emit_native(u$209, null, "%unset", 0);
          emit_byte(u$209, null, op_local_set, slot$212);
          return emit(u$209, null, op_pop);
        } else {
          return null;
        }
      }
    }), bindings$210);
    return p$for_each(((binding$213) => {
      compile(u$209, binding$213.value, false);
      emit_byte(u$209, null, op_local_set, p$table_get(u$209.slots, binding$213.local));
      return emit(u$209, null, op_pop);
    }), bindings$210);
  }
  function compile_if(u$214, core$215, tail$q$216) {
    {
      let to_no$217 = jump_when(u$214, core$215.test, false);
      compile(u$214, core$215.yes, tail$q$216);
      {
        let to_end$218;
        if ((tail$q$216 !== false && tail$q$216 != null)) {
          to_end$218 = null;
        } else {
          to_end$218 = emit_jump(u$214, op_jump);
        }
        land_all(u$214, to_no$217);
        compile(u$214, core$215.no, tail$q$216);
        if (!(tail$q$216 !== false && tail$q$216 != null)) {
          return land(u$214, to_end$218);
        } else {
          return null;
        }
      }
    }
  }
  function jump_when(u$219, core$220, truth$221) {
    loop222: while (true) {
      if (((core$220.kind === "let") && host.isTrue(short_circuit$q(core$220)))) {
        return jump_short_circuit(u$219, core$220, truth$221);
      } else {
        if (host.isTrue(negation$q(core$220))) {
          const n$223 = core$220.args[0];
          const n$224 = !(truth$221 !== false && truth$221 != null);
          core$220 = n$223;
          truth$221 = n$224;
          continue loop222;
        } else {
          compile(u$219, core$220, false);
          return [emit_jump(u$219, ((truth$221 !== false && truth$221 != null) ? op_jump_if_true : op_jump_if_false))];
        }
      }
    }
  }
  function negation$q(core$225) {
    let and$226, and$227, and$228;
    return (and$226 = (core$225.kind === "call"), ((and$226 !== false && and$226 != null) ? (and$227 = (core$225.callee.kind === "primitive"), ((and$227 !== false && and$227 != null) ? (and$228 = (core$225.callee.name === "not"), ((and$228 !== false && and$228 != null) ? (core$225.args.length === 1) : and$228)) : and$227)) : and$226));
  }
  function short_circuit$q(core$229) {
    let and$230, and$231, local$232, choice$233, and$234, and$235, and$236, or$237;
    return (and$230 = (core$229.bindings.length === 1), ((and$230 !== false && and$230 != null) ? (and$231 = (core$229.body.kind === "if"), ((and$231 !== false && and$231 != null) ? (local$232 = core$229.bindings[0].local, choice$233 = core$229.body, (and$234 = local$232.generated, ((and$234 !== false && and$234 != null) ? (and$235 = (local$232.reads === 2), ((and$235 !== false && and$235 != null) ? (and$236 = reads$q(choice$233.test, local$232), ((and$236 !== false && and$236 != null) ? (or$237 = reads$q(choice$233.yes, local$232), ((or$237 !== false && or$237 != null) ? or$237 : reads$q(choice$233.no, local$232))) : and$236)) : and$235)) : and$234))) : and$231)) : and$230));
  }
  function reads$q(core$238, local$239) {
    let and$240;
    return (and$240 = (core$238.kind === "local"), ((and$240 !== false && and$240 != null) ? (core$238.local === local$239) : and$240));
  }
  function conjunction$q(core$241) {
    return reads$q(core$241.body.no, core$241.bindings[0].local);
  }
  function compile_short_circuit(u$242, core$243, tail$q$244) {
    {
      let all$q$245 = conjunction$q(core$243);
      let choice$246 = core$243.body;
      compile(u$242, core$243.bindings[0].value, false);
      emit(u$242, null, op_dup);
      {
        let decided$247 = emit_jump(u$242, ((all$q$245 !== false && all$q$245 != null) ? op_jump_if_false : op_jump_if_true));
        emit(u$242, null, op_pop);
        compile(u$242, ((all$q$245 !== false && all$q$245 != null) ? choice$246.yes : choice$246.no), tail$q$244);
        land(u$242, decided$247);
        return return_when(u$242, tail$q$244);
      }
    }
  }
  function jump_short_circuit(u$248, core$249, truth$250) {
    {
      let all$q$251 = conjunction$q(core$249);
      let choice$252 = core$249.body;
      let value$253 = core$249.bindings[0].value;
      {
        let rest$254;
        if ((all$q$251 !== false && all$q$251 != null)) {
          rest$254 = choice$252.yes;
        } else {
          rest$254 = choice$252.no;
        }
        if ((all$q$251 === truth$250)) {
          {
            let decided$255 = jump_when(u$248, value$253, !(truth$250 !== false && truth$250 != null));
            {
              let jumps$256 = jump_when(u$248, rest$254, truth$250);
              land_all(u$248, decided$255);
              return jumps$256;
            }
          }
        } else {
          {
            let decided$257 = jump_when(u$248, value$253, truth$250);
            return p$concat(decided$257, jump_when(u$248, rest$254, truth$250));
          }
        }
      }
    }
  }
  function compile_call(u$258, core$259, tail$q$260) {
    {
      let callee$261 = core$259.callee;
      let args$262 = core$259.args;
      if ((args$262.length > (most - 1))) {
        return compile_long_call(u$258, core$259, tail$q$260);
      } else {
        if ((callee$261.kind === "primitive")) {
          return compile_primitive_call(u$258, core$259, callee$261.name, args$262, tail$q$260);
        } else {
          return compile_plain_call(u$258, core$259, args$262, tail$q$260);
        }
      }
    }
  }
  function compile_plain_call(u$263, core$264, args$265, tail$q$266) {
    compile(u$263, core$264.callee, false);
    compile_all(u$263, args$265);
    return emit_byte(u$263, core$264.span, ((tail$q$266 !== false && tail$q$266 != null) ? op_tail_call : op_call), args$265.length);
  }
  function compile_all(u$267, cores$268) {
    return p$for_each(((core$269) => {
      return compile(u$267, core$269, false);
    }), cores$268);
  }
  const calling_functions = (() => {
    return { map: true, filter: true, "for-each": true, some: true, "every?": true, "map-indexed": true, reduce: true, apply: true, raise: true, "raise-continuable": true, "with-handler": true, "call/cc": true, suspense: true, print: true };
  })();
  function compile_primitive_call(u$270, core$271, name$272, args$273, tail$q$274) {
    {
      let n$275 = args$273.length;
      let span$276 = core$271.span;
      if (((tail$q$274 !== false && tail$q$274 != null) && p$has_key$q(calling_functions, name$272))) {
        return compile_plain_call(u$270, core$271, args$273, true);
      } else {
        compile_all(u$270, args$273);
        if ((name$272 === "list")) {
          emit_byte(u$270, span$276, op_list, n$275);
        } else {
          if (((name$272 === "str") && (n$275 > 0))) {
            emit_byte(u$270, span$276, op_str_concat, n$275);
          } else {
            emit_native(u$270, span$276, name$272, n$275);
          }
        }
        return return_when(u$270, tail$q$274);
      }
    }
  }
  function compile_long_call(u$277, core$278, tail$q$279) {
    {
      let span$280 = core$278.span;
      if ((tail$q$279 !== false && tail$q$279 != null)) {
        emit_wide(u$277, span$280, op_global_get, name_constant(u$277.builder, "apply"));
      } else {
        null;
      }
      compile(u$277, core$278.callee, false);
      compile_list(u$277, core$278.args);
      if ((tail$q$279 !== false && tail$q$279 != null)) {
        return emit_byte(u$277, span$280, op_tail_call, 2);
      } else {
        return emit_native(u$277, span$280, "apply", 2);
      }
    }
  }
  function compile_list(u$281, cores$282) {
    if ((cores$282.length <= most)) {
      compile_all(u$281, cores$282);
      return emit_byte(u$281, null, op_list, cores$282.length);
    } else {
      compile_list(u$281, p$take(cores$282, most));
      compile_list(u$281, p$drop(cores$282, most));
      return emit_native(u$281, null, "concat", 2);
    }
  }
  function compile_dict(u$283, core$284) {
    return compile_entries(u$283, core$284.keys, core$284.values);
  }
  function compile_entries(u$285, keys$286, values$287) {
    if ((keys$286.length <= most)) {
      p$map_indexed(((i$288, key$289) => {
        emit_constant(u$285, key$289);
        return compile(u$285, values$287[i$288], false);
      }), keys$286);
      return emit_byte(u$285, null, op_dict, keys$286.length);
    } else {
      compile_entries(u$285, p$take(keys$286, most), p$take(values$287, most));
      compile_entries(u$285, p$drop(keys$286, most), p$drop(values$287, most));
      return emit_native(u$285, null, "merge", 2);
    }
  }
  function compile_try(u$290, core$291) {
    compile_block(u$290, core$291.body, null);
    if ((core$291.handler == null)) {
      emit(u$290, null, op_nil);
    } else {
      compile_block(u$290, core$291.handler, core$291.caught);
    }
    if ((core$291.cleanup == null)) {
      emit(u$290, null, op_nil);
    } else {
      compile_block(u$290, core$291.cleanup, null);
    }
    return emit_native(u$290, core$291.span, "%try", 3);
  }
  function compile_context(u$292, core$293, tail$q$294) {
    compile(u$292, core$293.key, false);
    if ((core$293.fallback == null)) {
      emit_native(u$292, core$293.span, "%context", 1);
      return return_when(u$292, tail$q$294);
    } else {
      emit_native(u$292, null, "%provided", 1);
      emit(u$292, null, op_dup);
      emit_native(u$292, null, "%absent?", 1);
      {
        let found$295 = emit_jump(u$292, op_jump_if_false);
        emit(u$292, null, op_pop);
        compile(u$292, core$293.fallback, tail$q$294);
        land(u$292, found$295);
        return return_when(u$292, tail$q$294);
      }
    }
  }
  function compile_perform(u$296, core$297) {
    compile(u$296, core$297.operation, false);
    compile_list(u$296, core$297.args);
    return emit_native(u$296, core$297.span, "%perform", 2);
  }
  const text_tags = (() => {
    return { script: true, style: true, title: true, textarea: true };
  })();
  const line_tags = (() => {
    return { pre: true, listing: true };
  })();
  function compile_element(u$298, core$299) {
    {
      let tag$300 = core$299.tag;
      let span$301 = core$299.span;
      let attributes$302 = core$299.attributes;
      if (host.isTrue(p$some(((attribute$303) => {
        return (attribute$303.name == null);
      }), attributes$302))) {
        compile_spread(u$298, core$299);
      } else {
        p$for_each(((attribute$304) => {
          let or$305;
          compile(u$298, attribute$304.value, false);
          emit_constant(u$298, tag$300);
          emit_constant(u$298, attribute$304.name);
          return emit_native(u$298, (or$305 = attribute$304.span, ((or$305 !== false && or$305 != null) ? or$305 : span$301)), "%attribute", 4);
        }), attributes$302);
      }
      emit_native(u$298, null, "%content", 1);
      compile_content(u$298, core$299);
      emit_constant(u$298, tag$300);
      return emit_native(u$298, null, "%leave", 2);
    }
  }
  function compile_spread(u$306, core$307) {
    {
      let attributes$308 = core$307.attributes;
      compile_list(u$306, p$map(((attribute$309) => {
        return attribute$309.value;
      }), attributes$308));
      emit_constant(u$306, core$307.tag);
      emit_constant(u$306, p$map(((attribute$310) => {
        return attribute$310.name;
      }), attributes$308));
      return emit_native(u$306, core$307.span, "%attributes", 4);
    }
  }
  function compile_content(u$311, core$312) {
    {
      let tag$313 = core$312.tag;
      let children$314 = core$312.children;
      let span$315 = core$312.span;
      if (p$has_key$q(text_tags, tag$313)) {
        compile_list(u$311, children$314);
        emit_constant(u$311, tag$313);
        return emit_native(u$311, span$315, "%text", 3);
      } else {
        if ((p$has_key$q(line_tags, tag$313) && !p$empty$q(children$314))) {
          emit_native(u$311, null, "%fragment", 0);
          compile_children(u$311, children$314, span$315);
          return emit_native(u$311, null, "%lines", 2);
        } else {
          return compile_children(u$311, children$314, span$315);
        }
      }
    }
  }
  function compile_children(u$316, children$317, span$318) {
    return p$for_each(((child$319) => {
      let or$320;
      return compile_child(u$316, child$319, (or$320 = child$319.span, ((or$320 !== false && or$320 != null) ? or$320 : span$318)));
    }), children$317);
  }
  function compile_child(u$321, core$322, span$323) {
    let or$327, or$329, or$331, or$336;
    let u$321c = u$321;
    loop324: while (true) {
      let u$321 = u$321c;
      {
        let case_value$325 = core$322.kind;
        if ((case_value$325 === "element")) {
          emit_constant(u$321, core$322.tag);
          emit_native(u$321, null, "%enter", 2);
          return compile_element(u$321, core$322);
        } else {
          if ((case_value$325 === "fragment")) {
            return compile_children(u$321, core$322.children, core$322.span);
          } else {
            if ((case_value$325 === "if")) {
              {
                let to_no$326 = jump_when(u$321, core$322.test, false);
                compile_child(u$321, core$322.yes, (or$327 = core$322.yes.span, ((or$327 !== false && or$327 != null) ? or$327 : span$323)));
                {
                  let to_end$328 = emit_jump(u$321, op_jump);
                  land_all(u$321, to_no$326);
                  compile_child(u$321, core$322.no, (or$329 = core$322.no.span, ((or$329 !== false && or$329 != null) ? or$329 : span$323)));
                  return land(u$321, to_end$328);
                }
              }
            } else {
              if ((case_value$325 === "let")) {
                {
                  let before$330 = u$321.next;
                  bind_all(u$321, core$322.bindings);
                  compile_child(u$321, core$322.body, (or$331 = core$322.body.span, ((or$331 !== false && or$331 != null) ? or$331 : span$323)));
                  return release_slots(u$321, before$330);
                }
              } else {
                if ((case_value$325 === "do")) {
                  {
                    let forms$332 = core$322.forms;
                    p$for_each(((form$333) => {
                      return compile_effect(u$321, form$333);
                    }), p$take(forms$332, (forms$332.length - 1)));
                    const n$334 = p$last(forms$332);
                    const n$335 = (or$336 = p$last(forms$332).span, ((or$336 !== false && or$336 != null) ? or$336 : span$323));
                    core$322 = n$334;
                    span$323 = n$335;
                    continue loop324;
                  }
                } else {
                  compile(u$321, core$322, false);
                  return emit_native(u$321, span$323, "%child", 2);
                }
              }
            }
          }
        }
      }
    }
  }
  function compile_component_call(u$337, core$338) {
    {
      let props$339 = core$338.props;
      check_size("props in a call", (most - 3), props$339.length);
      compile(u$337, core$338.component, false);
      p$for_each(((prop$340) => {
        return compile(u$337, prop$340.value, false);
      }), props$339);
      compile_list(u$337, core$338.children);
      emit_constant(u$337, p$map(((prop$341) => {
        return prop$341.name;
      }), props$339));
      return emit_native(u$337, core$338.span, "%component", (props$339.length + 3));
    }
  }
  return {
    "op-const": op_const,
    "op-nil": op_nil,
    "op-true": op_true,
    "op-false": op_false,
    "op-pop": op_pop,
    "op-dup": op_dup,
    "op-local-get": op_local_get,
    "op-local-set": op_local_set,
    "op-upval-get": op_upval_get,
    "op-upval-set": op_upval_set,
    "op-global-get": op_global_get,
    "op-global-set": op_global_set,
    "op-jump": op_jump,
    "op-jump-if-false": op_jump_if_false,
    "op-jump-if-true": op_jump_if_true,
    "op-call": op_call,
    "op-tail-call": op_tail_call,
    "op-return": op_return,
    "op-closure": op_closure,
    "op-call-prim": op_call_prim,
    "op-list": op_list,
    "op-dict": op_dict,
    "op-str-concat": op_str_concat,
    "op-define": op_define,
    "most": most,
    "farthest": farthest,
    "check-size": check_size,
    "make-builder": make_builder,
    "compile-module": compile_module,
    "compile-definition": compile_definition,
    "add-entry": add_entry,
    "compile-block-of": compile_block_of,
    "constant": constant,
    "add-constant": add_constant,
    "name-constant": name_constant,
    "definition-constant": definition_constant,
    "make-unit": make_unit,
    "finish-unit": finish_unit,
    "bind-slot": bind_slot,
    "release-slots": release_slots,
    "boxed?": boxed$q,
    "locate": locate,
    "take-along": take_along,
    "note-place": note_place,
    "emit": emit,
    "emit-byte": emit_byte,
    "emit-wide": emit_wide,
    "push-wide": push_wide,
    "emit-native": emit_native,
    "emit-constant": emit_constant,
    "emit-jump": emit_jump,
    "land": land,
    "land-all": land_all,
    "return-when": return_when,
    "analyse": analyse,
    "own": own,
    "own-parameters": own_parameters,
    "own-recursive": own_recursive,
    "own-function": own_function,
    "functions-only?": functions_only$q,
    "mentions?": mentions$q,
    "parts-of": parts_of,
    "read-local": read_local,
    "write-local": write_local,
    "bind-value": bind_value,
    "compile-fn": compile_fn,
    "emit-closure": emit_closure,
    "compile-block": compile_block,
    "compile-component": compile_component,
    "analyse-component": analyse_component,
    "prop-shape": prop_shape,
    "compile-prop": compile_prop,
    "check-prop": check_prop,
    "compile": compile,
    "compile-special": compile_special,
    "read-global": read_global,
    "compile-closure": compile_closure,
    "compile-set": compile_set,
    "compile-do": compile_do,
    "compile-effect": compile_effect,
    "compile-let": compile_let,
    "bind-all": bind_all,
    "compile-letrec": compile_letrec,
    "bind-recursive": bind_recursive,
    "compile-if": compile_if,
    "jump-when": jump_when,
    "negation?": negation$q,
    "short-circuit?": short_circuit$q,
    "reads?": reads$q,
    "conjunction?": conjunction$q,
    "compile-short-circuit": compile_short_circuit,
    "jump-short-circuit": jump_short_circuit,
    "compile-call": compile_call,
    "compile-plain-call": compile_plain_call,
    "compile-all": compile_all,
    "calling-functions": calling_functions,
    "compile-primitive-call": compile_primitive_call,
    "compile-long-call": compile_long_call,
    "compile-list": compile_list,
    "compile-dict": compile_dict,
    "compile-entries": compile_entries,
    "compile-try": compile_try,
    "compile-context": compile_context,
    "compile-perform": compile_perform,
    "text-tags": text_tags,
    "line-tags": line_tags,
    "compile-element": compile_element,
    "compile-spread": compile_spread,
    "compile-content": compile_content,
    "compile-children": compile_children,
    "compile-child": compile_child,
    "compile-component-call": compile_component_call,
  };
}
