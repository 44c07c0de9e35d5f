// Emitted from sx/spec/vm.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const op_const = use["op-const"];
  const op_nil = use["op-nil"];
  const op_true = use["op-true"];
  const op_false = use["op-false"];
  const op_pop = use["op-pop"];
  const op_dup = use["op-dup"];
  const op_local_get = use["op-local-get"];
  const op_local_set = use["op-local-set"];
  const op_upval_get = use["op-upval-get"];
  const op_upval_set = use["op-upval-set"];
  const op_global_get = use["op-global-get"];
  const op_global_set = use["op-global-set"];
  const op_define = use["op-define"];
  const op_jump = use["op-jump"];
  const op_jump_if_false = use["op-jump-if-false"];
  const op_jump_if_true = use["op-jump-if-true"];
  const op_call = use["op-call"];
  const op_tail_call = use["op-tail-call"];
  const op_return = use["op-return"];
  const op_closure = use["op-closure"];
  const op_call_prim = use["op-call-prim"];
  const op_list = use["op-list"];
  const op_dict = use["op-dict"];
  const op_str_concat = use["op-str-concat"];
  const decide_attribute = use["decide-attribute"];
  const decide_attributes = use["decide-attributes"];
  const decide_child = use["decide-child"];
  const decide_text_content = use["decide-text-content"];
  const p$make_closure = host.primitive("make-closure");
  const p$$e = host.primitive("=");
  const p$push$x = host.primitive("push!");
  const p$copy_literal = host.primitive("copy-literal");
  const p$last = host.primitive("last");
  const p$symbol_name = host.primitive("symbol-name");
  const p$call_host = host.primitive("call-host");
  const p$primitive_function = host.primitive("primitive-function");
  const p$refuse = host.primitive("refuse");
  const p$contains$q = host.primitive("contains?");
  const p$drop = host.primitive("drop");
  const p$dict_set$x = host.primitive("dict-set!");
  const p$first = host.primitive("first");
  const p$filter = host.primitive("filter");
  const p$table_get = host.primitive("table-get");
  const p$unset = host.primitive("unset");
  const p$set_nth$x = host.primitive("set-nth!");
  const p$make_binding = host.primitive("make-binding");
  const p$for_each = host.primitive("for-each");
  const p$primitive_value = host.primitive("primitive-value");
  const p$fault = host.primitive("fault");
  const p$rest = host.primitive("rest");
  const p$closure$q = host.primitive("closure?");
  const p$native$q = host.primitive("native?");
  const p$host_function$q = host.primitive("host-function?");
  const p$str = host.primitive("str");
  const p$concat = host.primitive("concat");
  const p$take = host.primitive("take");
  const p$map = host.primitive("map");
  const p$range = host.primitive("range");
  const p$raised$q = host.primitive("raised?");
  const p$has_key$q = host.primitive("has-key?");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$has_type$q = host.primitive("has-type?");
  const p$get = host.primitive("get");
  const p$raise_value = host.primitive("raise-value");
  const p$attempt = host.primitive("attempt");
  const p$print_values = host.primitive("print-values");
  const p$list$q = host.primitive("list?");
  const p$raised = host.primitive("raised");
  const p$note_component = host.primitive("note-component");
  const p$caught = host.primitive("caught");
  const p$component_value$q = host.primitive("component-value?");
  const p$dict$q = host.primitive("dict?");
  const p$keys = host.primitive("keys");
  const p$map_indexed = host.primitive("map-indexed");
  const p$make_element = host.primitive("make-element");
  const p$make_markup = host.primitive("make-markup");
  function make_machine() {
    return { frame: null, done: false, value: null };
  }
  function make_waiting(kind$1, values$2, next$3, depth$4) {
    return { kind: kind$1, values: values$2, next: next$3, depth: depth$4, at: 0, stack: [] };
  }
  function make_running(closure$5, slots$6, next$7, depth$8) {
    return { kind: "code", closure: closure$5, proto: closure$5.fn.proto, module: closure$5.fn.module, slots: slots$6, stack: [], pc: 0, at: 0, next: next$7, depth: depth$8 };
  }
  const deepest = 5000;
  function close(module$9, proto$10, taken$11) {
    return p$make_closure({ name: module$9.constants[proto$10.name], proto: proto$10, module: module$9 }, taken$11);
  }
  function run_proto(module$12, proto$13) {
    return run_call(close(module$12, proto$13, []), []);
  }
  function run_call(f$14, args$15) {
    {
      let m$16 = make_machine();
      (m$16.frame = make_waiting("root", null, null, 0));
      call(m$16, f$14, args$15, null);
      return run(m$16);
    }
  }
  function run_component(component$17, props$18, children$19) {
    {
      let m$20 = make_machine();
      (m$20.frame = make_waiting("root", null, null, 0));
      enter_component(m$20, component$17, props$18, children$19, null);
      return run(m$20);
    }
  }
  function run(m$21) {
    loop22: while (true) {
      if (host.isTrue(m$21.done)) {
        return m$21;
      } else {
        step(m$21, m$21.frame);
        continue loop22;
      }
    }
  }
  function wide(code$23, at$24) {
    return ((256 * code$23[at$24]) + code$23[(at$24 + 1)]);
  }
  function step(m$25, frame$26) {
    if ((frame$26.kind === "walk")) {
      return next_walked(m$25, frame$26);
    } else {
      return step_code(m$25, frame$26);
    }
  }
  function step_code(m$27, frame$28) {
    {
      let code$29 = frame$28.proto.code;
      let at$30 = frame$28.pc;
      {
        let opcode$31 = code$29[at$30];
        let stack$32 = frame$28.stack;
        (frame$28.at = at$30);
        (frame$28.pc = (at$30 + length_of(opcode$31)));
        if (p$$e(opcode$31, op_const)) {
          return p$push$x(stack$32, p$copy_literal(constant_at(frame$28, wide(code$29, (at$30 + 1)))));
        } else {
          if (p$$e(opcode$31, op_nil)) {
            return p$push$x(stack$32, null);
          } else {
            if (p$$e(opcode$31, op_true)) {
              return p$push$x(stack$32, true);
            } else {
              if (p$$e(opcode$31, op_false)) {
                return p$push$x(stack$32, false);
              } else {
                if (p$$e(opcode$31, op_pop)) {
                  return stack$32.pop();
                } else {
                  if (p$$e(opcode$31, op_dup)) {
                    return p$push$x(stack$32, p$last(stack$32));
                  } else {
                    if (p$$e(opcode$31, op_local_get)) {
                      return p$push$x(stack$32, read_slot(frame$28, code$29[(at$30 + 1)]));
                    } else {
                      if (p$$e(opcode$31, op_local_set)) {
                        return write_slot(frame$28, code$29[(at$30 + 1)], p$last(stack$32));
                      } else {
                        if (p$$e(opcode$31, op_upval_get)) {
                          return p$push$x(stack$32, read_taken(taken_at(frame$28, code$29[(at$30 + 1)])));
                        } else {
                          if (p$$e(opcode$31, op_upval_set)) {
                            return (taken_at(frame$28, code$29[(at$30 + 1)]).value.value = p$last(stack$32));
                          } else {
                            if (p$$e(opcode$31, op_global_get)) {
                              return get_global(m$27, frame$28, constant_at(frame$28, wide(code$29, (at$30 + 1))));
                            } else {
                              if (p$$e(opcode$31, op_global_set)) {
                                return (cell_of(frame$28, constant_at(frame$28, wide(code$29, (at$30 + 1)))).value = p$last(stack$32));
                              } else {
                                if (p$$e(opcode$31, op_define)) {
                                  return define_global(cell_of(frame$28, constant_at(frame$28, wide(code$29, (at$30 + 1)))), p$last(stack$32));
                                } else {
                                  if (p$$e(opcode$31, op_jump)) {
                                    return jump(frame$28, wide(code$29, (at$30 + 1)));
                                  } else {
                                    if (p$$e(opcode$31, op_jump_if_false)) {
                                      if (!host.isTrue(stack$32.pop())) {
                                        return jump(frame$28, wide(code$29, (at$30 + 1)));
                                      } else {
                                        return null;
                                      }
                                    } else {
                                      if (p$$e(opcode$31, op_jump_if_true)) {
                                        if (host.isTrue(stack$32.pop())) {
                                          return jump(frame$28, wide(code$29, (at$30 + 1)));
                                        } else {
                                          return null;
                                        }
                                      } else {
                                        if (p$$e(opcode$31, op_call)) {
                                          return call_values(m$27, frame$28, code$29[(at$30 + 1)]);
                                        } else {
                                          if (p$$e(opcode$31, op_tail_call)) {
                                            return tail_call(m$27, frame$28, code$29[(at$30 + 1)]);
                                          } else {
                                            if (p$$e(opcode$31, op_return)) {
                                              return answer(m$27, frame$28.next, p$last(stack$32));
                                            } else {
                                              if (p$$e(opcode$31, op_closure)) {
                                                return p$push$x(stack$32, make_from(frame$28, frame$28.module.protos[wide(code$29, (at$30 + 1))]));
                                              } else {
                                                if (p$$e(opcode$31, op_call_prim)) {
                                                  return call_named(m$27, frame$28, p$symbol_name(constant_at(frame$28, wide(code$29, (at$30 + 1)))), take_off(stack$32, code$29[(at$30 + 3)]));
                                                } else {
                                                  if (p$$e(opcode$31, op_list)) {
                                                    return p$push$x(stack$32, take_off(stack$32, code$29[(at$30 + 1)]));
                                                  } else {
                                                    if (p$$e(opcode$31, op_dict)) {
                                                      return p$push$x(stack$32, make_entries(take_off(stack$32, (2 * code$29[(at$30 + 1)]))));
                                                    } else {
                                                      if (p$$e(opcode$31, op_str_concat)) {
                                                        return settle(m$27, frame$28, p$call_host(p$primitive_function(null, "str"), take_off(stack$32, code$29[(at$30 + 1)]), span_of(frame$28)));
                                                      } else {
                                                        return p$refuse("module/unknown-opcode", { opcode: opcode$31, proto: frame$28.closure.fn.name, offset: at$30 });
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
        }
      }
    }
  }
  function length_of(opcode$33) {
    if (p$contains$q([op_nil, op_true, op_false, op_pop, op_dup, op_return], opcode$33)) {
      return 1;
    } else {
      if (p$contains$q([op_local_get, op_local_set, op_upval_get, op_upval_set, op_call, op_tail_call, op_list, op_dict, op_str_concat], opcode$33)) {
        return 2;
      } else {
        if (p$$e(opcode$33, op_call_prim)) {
          return 4;
        } else {
          return 3;
        }
      }
    }
  }
  function constant_at(frame$34, index$35) {
    return frame$34.module.constants[index$35];
  }
  function jump(frame$36, distance$37) {
    return (frame$36.pc = (frame$36.pc + distance$37));
  }
  function take_off(stack$38, n$39) {
    {
      let values$40 = p$drop(stack$38, (stack$38.length - n$39));
      {
        let i$41 = 0;
        loop42: while (true) {
          if ((i$41 < n$39)) {
            stack$38.pop();
            i$41 = (i$41 + 1);
            continue loop42;
          } else {
            null;
            break loop42;
          }
        }
      }
      return values$40;
    }
  }
  function make_entries(flat$43) {
    {
      let dict$44 = {  };
      {
        let i$45 = 0;
        loop46: while (true) {
          if ((i$45 < flat$43.length)) {
            p$dict_set$x(dict$44, flat$43[i$45], flat$43[(i$45 + 1)]);
            i$45 = (i$45 + 2);
            continue loop46;
          } else {
            null;
            break loop46;
          }
        }
      }
      return dict$44;
    }
  }
  function span_of(frame$47) {
    if ((frame$47.kind === "code")) {
      {
        let found$48 = p$first(p$filter(((place$49) => {
          return p$$e(place$49.offset, frame$47.at);
        }), places_of(frame$47)));
        if ((found$48 == null)) {
          return null;
        } else {
          return found$48.span;
        }
      }
    } else {
      if ((frame$47.kind === "walk")) {
        return frame$47.values.span;
      } else {
        return null;
      }
    }
  }
  function places_of(frame$50) {
    let or$51;
    return (or$51 = p$table_get(frame$50.module.places, frame$50.proto), ((or$51 !== false && or$51 != null) ? or$51 : []));
  }
  function cell_slot$q(frame$52, slot$53) {
    return p$contains$q(frame$52.proto.cells, slot$53);
  }
  function read_slot(frame$54, slot$55) {
    {
      let held$56 = frame$54.slots[slot$55];
      if ((host.isTrue(cell_slot$q(frame$54, slot$55)) && !(held$56 === p$unset()))) {
        return held$56.value;
      } else {
        return held$56;
      }
    }
  }
  function write_slot(frame$57, slot$58, value$59) {
    {
      let held$60 = frame$57.slots[slot$58];
      if (!host.isTrue(cell_slot$q(frame$57, slot$58))) {
        return p$set_nth$x(frame$57.slots, slot$58, value$59);
      } else {
        if ((held$60 === p$unset())) {
          return p$set_nth$x(frame$57.slots, slot$58, p$make_binding(null, value$59, null));
        } else {
          return (held$60.value = value$59);
        }
      }
    }
  }
  function taken_at(frame$61, index$62) {
    return frame$61.closure.env[index$62];
  }
  function read_taken(entry$63) {
    if (host.isTrue(entry$63.cell)) {
      return entry$63.value.value;
    } else {
      return entry$63.value;
    }
  }
  function make_from(frame$64, proto$65) {
    {
      let taken$66 = [];
      {
        let closure$67 = close(frame$64.module, proto$65, taken$66);
        p$for_each(((source$68) => {
          return p$push$x(taken$66, take_from(frame$64, closure$67, source$68));
        }), proto$65.captures);
        return closure$67;
      }
    }
  }
  function take_from(frame$69, closure$70, source$71) {
    {
      let case_value$72 = source$71.from;
      if ((case_value$72 === "local")) {
        return { cell: cell_slot$q(frame$69, source$71.index), value: frame$69.slots[source$71.index] };
      } else {
        if ((case_value$72 === "upvalue")) {
          return taken_at(frame$69, source$71.index);
        } else {
          return { cell: false, value: closure$70 };
        }
      }
    }
  }
  function cell_of(frame$73, name$74) {
    return p$table_get(frame$73.module.links, name$74);
  }
  function define_global(cell$75, value$76) {
    (cell$75.value = value$76);
    return (cell$75.ready = true);
  }
  function get_global(m$77, frame$78, name$79) {
    {
      let cell$80 = cell_of(frame$78, name$79);
      if ((cell$80 == null)) {
        return p$push$x(frame$78.stack, p$primitive_value(null, p$symbol_name(name$79)));
      } else {
        if (host.isTrue(cell$80.ready)) {
          return p$push$x(frame$78.stack, cell$80.value);
        } else {
          return fail(m$77, p$fault("name/uninitialised", { name: p$symbol_name(name$79) }, span_of(frame$78)));
        }
      }
    }
  }
  function call_values(m$81, frame$82, n$83) {
    {
      let values$84 = take_off(frame$82.stack, (n$83 + 1));
      return call(m$81, values$84[0], p$rest(values$84), span_of(frame$82));
    }
  }
  function tail_call(m$85, frame$86, n$87) {
    {
      let values$88 = take_off(frame$86.stack, (n$87 + 1));
      let span$89 = span_of(frame$86);
      (m$85.frame = frame$86.next);
      return call(m$85, values$88[0], p$rest(values$88), span$89);
    }
  }
  function call(m$90, f$91, args$92, span$93) {
    if (host.isTrue(p$closure$q(f$91))) {
      return enter(m$90, f$91, args$92, span$93);
    } else {
      if (host.isTrue(p$native$q(f$91))) {
        return call_native(m$90, f$91.name, args$92, span$93);
      } else {
        if (host.isTrue(p$host_function$q(f$91))) {
          return settle(m$90, m$90.frame, p$call_host(f$91, args$92, span$93));
        } else {
          return fail(m$90, p$fault("call/not-callable", { found: f$91 }, span$93));
        }
      }
    }
  }
  function enter(m$94, f$95, args$96, span$97) {
    {
      let proto$98 = f$95.fn.proto;
      let given$99 = args$96.length;
      {
        let n$100 = proto$98.required;
        if (((given$99 < n$100) || ((given$99 > n$100) && !host.isTrue(proto$98.rest)))) {
          return fail(m$94, p$fault("call/arity", { name: f$95.fn.name, expected: (host.isTrue(proto$98.rest) ? p$str("at least ", n$100) : p$str(n$100)), found: given$99 }, span$97));
        } else {
          return activate(m$94, f$95, (host.isTrue(proto$98.rest) ? p$concat(p$take(args$96, n$100), [p$drop(args$96, n$100)]) : args$96), span$97);
        }
      }
    }
  }
  function activate(m$101, f$102, arguments_$103, span$104) {
    {
      let proto$105 = f$102.fn.proto;
      let below$106 = m$101.frame;
      {
        let depth$107 = (below$106.depth + ((proto$105.kind === "block") ? 0 : 1));
        if ((depth$107 > deepest)) {
          return fail(m$101, p$fault("stack/too-deep", { limit: deepest }, span$104));
        } else {
          return (m$101.frame = make_running(f$102, fill_slots(proto$105, arguments_$103), below$106, depth$107));
        }
      }
    }
  }
  function fill_slots(proto$108, arguments_$109) {
    return p$map(((slot$110) => {
      if ((slot$110 >= arguments_$109.length)) {
        return p$unset();
      } else {
        if (p$contains$q(proto$108.cells, slot$110)) {
          return p$make_binding(null, arguments_$109[slot$110], null);
        } else {
          return arguments_$109[slot$110];
        }
      }
    }), p$range(proto$108.slots));
  }
  function settle(m$111, frame$112, value$113) {
    if (host.isTrue(p$raised$q(value$113))) {
      return fail(m$111, value$113.error);
    } else {
      return answer(m$111, frame$112, value$113);
    }
  }
  function answer(m$114, frame$115, value$116) {
    loop117: while (true) {
      (m$114.frame = frame$115);
      {
        let case_value$118 = frame$115.kind;
        if ((case_value$118 === "code")) {
          return p$push$x(frame$115.stack, value$116);
        } else {
          if ((case_value$118 === "walk")) {
            return keep_walked(m$114, frame$115, value$116);
          } else {
            if ((case_value$118 === "try")) {
              return leave_try(m$114, frame$115, value$116);
            } else {
              if ((case_value$118 === "cleanup")) {
                (m$114.frame = frame$115.next);
                return settle(m$114, frame$115.next, frame$115.values);
              } else {
                if ((case_value$118 === "provide")) {
                  frame$115 = frame$115.next;
                  continue loop117;
                } else {
                  return finish(m$114, value$116);
                }
              }
            }
          }
        }
      }
    }
  }
  function finish(m$119, value$120) {
    (m$119.done = true);
    return (m$119.value = value$120);
  }
  function call_named(m$121, frame$122, name$123, args$124) {
    {
      let span$125 = span_of(frame$122);
      if (p$has_key$q(building, name$123)) {
        return build(m$121, frame$122, name$123, args$124, span$125);
      } else {
        if (p$starts_with$q(name$123, "%")) {
          return call_control(m$121, frame$122, name$123, args$124, span$125);
        } else {
          if (p$has_key$q(native_arity, name$123)) {
            return call_native(m$121, name$123, args$124, span$125);
          } else {
            if ((name$123 === "print")) {
              return call_native(m$121, name$123, args$124, span$125);
            } else {
              return settle(m$121, frame$122, p$call_host(p$primitive_function(null, name$123), args$124, span$125));
            }
          }
        }
      }
    }
  }
  function call_control(m$126, frame$127, name$128, args$129, span$130) {
    {
      let first_arg$131 = p$first(args$129);
      {
        let case_value$132 = name$128;
        if ((case_value$132 === "%unset")) {
          return answer(m$126, frame$127, p$unset());
        } else {
          if ((case_value$132 === "%absent?")) {
            return answer(m$126, frame$127, (first_arg$131 === p$unset()));
          } else {
            if ((case_value$132 === "%initialised")) {
              if ((first_arg$131 === p$unset())) {
                return fail(m$126, p$fault("name/uninitialised", { name: args$129[1] }, span$130));
              } else {
                return answer(m$126, frame$127, first_arg$131);
              }
            } else {
              if ((case_value$132 === "%required")) {
                if ((first_arg$131 === p$unset())) {
                  return fail(m$126, p$fault("component/missing-prop", { prop: args$129[1], component: args$129[2] }, span_of(frame$127.next)));
                } else {
                  return answer(m$126, frame$127, first_arg$131);
                }
              } else {
                if ((case_value$132 === "%prop-type")) {
                  if (((first_arg$131 == null) || host.isTrue(p$has_type$q(first_arg$131, args$129[3])))) {
                    return answer(m$126, frame$127, first_arg$131);
                  } else {
                    return fail(m$126, p$fault("component/prop-type", { prop: args$129[1], component: args$129[2], expected: args$129[3], found: first_arg$131 }, span_of(frame$127.next)));
                  }
                } else {
                  if ((case_value$132 === "%try")) {
                    return start_body(m$126, "try", { handler: args$129[1], cleanup: args$129[2] }, first_arg$131, span$130);
                  } else {
                    if ((case_value$132 === "%provide")) {
                      return start_body(m$126, "provide", { key: first_arg$131, value: args$129[1] }, args$129[2], span$130);
                    } else {
                      if ((case_value$132 === "%provided")) {
                        {
                          let found$133 = provided(frame$127, first_arg$131);
                          return answer(m$126, frame$127, ((found$133 == null) ? p$unset() : found$133.value));
                        }
                      } else {
                        if ((case_value$132 === "%context")) {
                          {
                            let found$134 = provided(frame$127, first_arg$131);
                            if ((found$134 == null)) {
                              return fail(m$126, p$fault("context/missing", { key: first_arg$131 }, span$130));
                            } else {
                              return answer(m$126, frame$127, found$134.value);
                            }
                          }
                        } else {
                          if ((case_value$132 === "%component")) {
                            return call_component(m$126, args$129, span$130);
                          } else {
                            return fail(m$126, p$fault("engine/unsupported", { feature: name$128, engine: "vm.sx" }, span$130));
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
  function start_body(m$135, kind$136, values$137, body$138, span$139) {
    {
      let below$140 = m$135.frame;
      (m$135.frame = make_waiting(kind$136, values$137, below$140, below$140.depth));
      return call(m$135, body$138, [], span$139);
    }
  }
  function provided(frame$141, key$142) {
    loop143: while (true) {
      if ((frame$141 == null)) {
        return null;
      } else {
        if (((frame$141.kind === "provide") && host.isTrue(equal_data(frame$141.values.key, key$142)))) {
          return frame$141.values;
        } else {
          frame$141 = frame$141.next;
          continue loop143;
        }
      }
    }
  }
  function equal_data(a$144, b$145) {
    return p$$e(a$144, b$145);
  }
  const native_arity = (() => {
    return { map: 2, filter: 2, "for-each": 2, some: 2, "every?": 2, "map-indexed": 2, reduce: 3, apply: 2, raise: 1, "raise-continuable": 1, "with-handler": 2, "call/cc": 1, suspense: 3 };
  })();
  function call_native(m$146, name$147, args$148, span$149) {
    {
      let wanted$150 = p$get(native_arity, name$147);
      if ((!(wanted$150 == null) && !p$$e(wanted$150, args$148.length))) {
        return fail(m$146, p$fault("call/arity", { name: name$147, expected: p$str(wanted$150), found: args$148.length }, span$149));
      } else {
        {
          let case_value$151 = name$147;
          if ((case_value$151 === "apply")) {
            return spread_call(m$146, args$148, span$149);
          } else {
            if ((case_value$151 === "raise")) {
              return fail(m$146, p$raise_value(args$148[0], span$149));
            } else {
              if ((case_value$151 === "raise-continuable")) {
                return fail(m$146, p$raise_value(args$148[0], span$149));
              } else {
                if ((case_value$151 === "print")) {
                  return settle(m$146, m$146.frame, p$attempt((() => {
                    return p$print_values(null, args$148);
                  }), span$149));
                } else {
                  if ((case_value$151 === "reduce")) {
                    return walk(m$146, name$147, args$148[0], args$148[2], args$148[1], span$149);
                  } else {
                    if ((case_value$151 === "every?")) {
                      return walk(m$146, name$147, args$148[0], args$148[1], true, span$149);
                    } else {
                      if ((case_value$151 === "map")) {
                        return walk(m$146, name$147, args$148[0], args$148[1], [], span$149);
                      } else {
                        if ((case_value$151 === "map-indexed")) {
                          return walk(m$146, name$147, args$148[0], args$148[1], [], span$149);
                        } else {
                          if ((case_value$151 === "filter")) {
                            return walk(m$146, name$147, args$148[0], args$148[1], [], span$149);
                          } else {
                            if ((case_value$151 === "some")) {
                              return walk(m$146, name$147, args$148[0], args$148[1], null, span$149);
                            } else {
                              if ((case_value$151 === "for-each")) {
                                return walk(m$146, name$147, args$148[0], args$148[1], null, span$149);
                              } else {
                                return fail(m$146, p$fault("engine/unsupported", { feature: name$147, engine: "vm.sx" }, span$149));
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
  function spread_call(m$152, args$153, span$154) {
    {
      let items$155 = sequence(args$153[1]);
      if ((items$155 == null)) {
        return fail(m$152, not_a_list("apply", args$153[1], span$154));
      } else {
        return call(m$152, args$153[0], items$155, span$154);
      }
    }
  }
  function sequence(value$156) {
    if (p$list$q(value$156)) {
      return value$156;
    } else {
      if ((value$156 == null)) {
        return [];
      } else {
        return null;
      }
    }
  }
  function not_a_list(name$157, found$158, span$159) {
    return p$fault("call/type", { primitive: name$157, argument: "its list", expected: "a list", found: found$158 }, span$159);
  }
  function walk(m$160, name$161, f$162, items$163, so_far$164, span$165) {
    {
      let below$166 = m$160.frame;
      let found$167 = sequence(items$163);
      if ((below$166.depth >= deepest)) {
        return fail(m$160, p$fault("stack/too-deep", { limit: deepest }, span$165));
      } else {
        if ((found$167 == null)) {
          return fail(m$160, not_a_list(name$161, items$163, span$165));
        } else {
          return (m$160.frame = make_waiting("walk", { name: name$161, function: f$162, items: found$167, made: so_far$164, index: 0, span: span$165 }, below$166, (below$166.depth + 1)));
        }
      }
    }
  }
  function next_walked(m$168, frame$169) {
    let case_value$173;
    {
      let values$170 = frame$169.values;
      {
        let i$171 = values$170.index;
        let items$172 = values$170.items;
        if ((i$171 < items$172.length)) {
          return call(m$168, values$170.function, (case_value$173 = values$170.name, ((case_value$173 === "map-indexed") ? [i$171, items$172[i$171]] : ((case_value$173 === "reduce") ? [values$170.made, items$172[i$171]] : [items$172[i$171]]))), values$170.span);
        } else {
          return answer(m$168, frame$169.next, values$170.made);
        }
      }
    }
  }
  function keep_walked(m$174, frame$175, value$176) {
    {
      let values$177 = frame$175.values;
      {
        let current$178 = values$177.items[values$177.index];
        (values$177.index = (values$177.index + 1));
        {
          let case_value$179 = values$177.name;
          if ((case_value$179 === "map")) {
            return p$push$x(values$177.made, value$176);
          } else {
            if ((case_value$179 === "map-indexed")) {
              return p$push$x(values$177.made, value$176);
            } else {
              if ((case_value$179 === "filter")) {
                if ((value$176 !== false && value$176 != null)) {
                  return p$push$x(values$177.made, current$178);
                } else {
                  return null;
                }
              } else {
                if ((case_value$179 === "reduce")) {
                  return (values$177.made = value$176);
                } else {
                  if ((case_value$179 === "some")) {
                    if ((value$176 !== false && value$176 != null)) {
                      return end_walk(values$177, value$176);
                    } else {
                      return null;
                    }
                  } else {
                    if ((case_value$179 === "every?")) {
                      if (!(value$176 !== false && value$176 != null)) {
                        return end_walk(values$177, false);
                      } else {
                        return null;
                      }
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
  function end_walk(values$180, answer$181) {
    (values$180.made = answer$181);
    return (values$180.items = []);
  }
  function fail(m$182, error$183) {
    loop184: while (true) {
      {
        let frame$185 = m$182.frame;
        {
          let case_value$186 = frame$185.kind;
          if ((case_value$186 === "root")) {
            return finish(m$182, p$raised(error$183));
          } else {
            if ((case_value$186 === "try")) {
              return take_error(m$182, frame$185, error$183);
            } else {
              if ((case_value$186 === "code")) {
                if ((frame$185.proto.kind === "component")) {
                  p$note_component(error$183, frame$185.closure.fn.name);
                } else {
                  null;
                }
                (m$182.frame = frame$185.next);
                continue loop184;
              } else {
                (m$182.frame = frame$185.next);
                continue loop184;
              }
            }
          }
        }
      }
    }
  }
  function take_error(m$187, frame$188, error$189) {
    {
      let handler$190 = frame$188.values.handler;
      let cleanup$191 = frame$188.values.cleanup;
      if ((handler$190 == null)) {
        return run_cleanup(m$187, frame$188, p$raised(error$189));
      } else {
        if ((cleanup$191 == null)) {
          (m$187.frame = frame$188.next);
          return call(m$187, handler$190, [p$caught(error$189)], null);
        } else {
          (frame$188.values.handler = null);
          return call(m$187, handler$190, [p$caught(error$189)], null);
        }
      }
    }
  }
  function leave_try(m$192, frame$193, value$194) {
    if ((frame$193.values.cleanup == null)) {
      return answer(m$192, frame$193.next, value$194);
    } else {
      return run_cleanup(m$192, frame$193, value$194);
    }
  }
  function run_cleanup(m$195, frame$196, outcome$197) {
    {
      let cleanup$198 = frame$196.values.cleanup;
      (frame$196.kind = "cleanup");
      (frame$196.values = outcome$197);
      return call(m$195, cleanup$198, [], null);
    }
  }
  function call_component(m$199, args$200, span$201) {
    {
      let names$202 = p$last(args$200);
      let n$203 = p$last(args$200).length;
      let component$204 = args$200[0];
      {
        let props$205 = gather_props(names$202, p$take(p$rest(args$200), n$203), span$201);
        if (!host.isTrue(p$component_value$q(component$204))) {
          return fail(m$199, p$fault("call/not-callable", { found: component$204 }, span$201));
        } else {
          if (host.isTrue(p$raised$q(props$205))) {
            return fail(m$199, props$205.error);
          } else {
            return enter_component(m$199, component$204, props$205, args$200[(n$203 + 1)], span$201);
          }
        }
      }
    }
  }
  function gather_props(names$206, values$207, span$208) {
    {
      let props$209 = {  };
      {
        let i$210 = 0;
        loop211: while (true) {
          if (p$$e(i$210, names$206.length)) {
            return props$209;
          } else {
            {
              let name$212 = names$206[i$210];
              let value$213 = values$207[i$210];
              if (!(name$212 == null)) {
                p$dict_set$x(props$209, name$212, value$213);
                i$210 = (i$210 + 1);
                continue loop211;
              } else {
                if (p$dict$q(value$213)) {
                  p$for_each(((key$214) => {
                    return p$dict_set$x(props$209, key$214, p$get(value$213, key$214));
                  }), p$keys(value$213));
                  i$210 = (i$210 + 1);
                  continue loop211;
                } else {
                  if ((value$213 == null)) {
                    i$210 = (i$210 + 1);
                    continue loop211;
                  } else {
                    return p$raised(p$fault("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value$213 }, span$208));
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function enter_component(m$215, component$216, props$217, children$218, span$219) {
    {
      let f$220 = closure_of(component$216);
      {
        let proto$221 = f$220.fn.proto;
        let constants$222 = f$220.fn.module.constants;
        {
          let declared$223 = p$map(((prop$224) => {
            return constants$222[prop$224.name];
          }), proto$221.props);
          let env$225 = p$map(((index$226) => {
            return constants$222[index$226];
          }), proto$221.env);
          {
            let others$227 = p$filter(((name$228) => {
              return !p$contains$q(p$concat(declared$223, env$225), name$228);
            }), p$keys(props$217));
            let missing$229 = p$first(p$filter(((name$230) => {
              return !p$has_key$q(props$217, name$230);
            }), env$225));
            if (!(missing$229 == null)) {
              return fail(m$215, p$fault("component/missing-env", { name: missing$229, component: component$216.name }, span$219));
            } else {
              if ((!host.isTrue(proto$221.attrs) && (others$227.length > 0))) {
                return fail(m$215, unknown_prop(component$216, p$first(others$227), span$219));
              } else {
                if ((!host.isTrue(proto$221.rest) && (children$218.length > 0))) {
                  return fail(m$215, unknown_prop(component$216, "children", span$219));
                } else {
                  return activate(m$215, f$220, p$concat(p$map_indexed(((i$231, name$232) => {
                    if (p$has_key$q(props$217, name$232)) {
                      return p$get(props$217, name$232);
                    } else {
                      return unless_given(proto$221.props[i$231]);
                    }
                  }), declared$223), p$map(((name$233) => {
                    return p$get(props$217, name$233);
                  }), env$225), (host.isTrue(proto$221.attrs) ? [gather_props(others$227, p$map(((name$234) => {
                    return p$get(props$217, name$234);
                  }), others$227), span$219)] : []), (host.isTrue(proto$221.rest) ? [children$218] : [])), span$219);
                }
              }
            }
          }
        }
      }
    }
  }
  function closure_of(component$235) {
    return component$235.definition.compiled.closure;
  }
  function unknown_prop(component$236, name$237, span$238) {
    return p$fault("component/unknown-prop", { prop: name$237, component: component$236.name, suggestion: null }, span$238);
  }
  function unless_given(prop$239) {
    if ((host.isTrue(prop$239.fallback) || host.isTrue(prop$239.required))) {
      return p$unset();
    } else {
      return null;
    }
  }
  const building = (() => {
    return { "%fragment": true, "%open": true, "%enter": true, "%attribute": true, "%attributes": true, "%content": true, "%child": true, "%text": true, "%lines": true, "%leave": true, "%markup": true };
  })();
  function open_element(tag$240, outer$241) {
    return { tag: tag$240, attributes: [], children: [], outer: outer$241 };
  }
  function with_children(element$242, more$243) {
    return { tag: element$242.tag, attributes: element$242.attributes, children: p$concat(element$242.children, more$243), outer: element$242.outer };
  }
  function with_attributes(element$244, more$245) {
    return { tag: element$244.tag, attributes: p$concat(element$244.attributes, more$245), children: element$244.children, outer: element$244.outer };
  }
  function build(m$246, frame$247, name$248, args$249, span$250) {
    return settle(m$246, frame$247, p$attempt((() => {
      return built(name$248, args$249);
    }), span$250));
  }
  function built(name$251, args$252) {
    {
      let case_value$253 = name$251;
      if ((case_value$253 === "%fragment")) {
        return open_element(null, null);
      } else {
        if ((case_value$253 === "%open")) {
          return open_element(args$252[0], open_element(null, null));
        } else {
          if ((case_value$253 === "%enter")) {
            return open_element(args$252[1], args$252[0]);
          } else {
            if ((case_value$253 === "%attribute")) {
              {
                let value$254 = decide_attribute(args$252[2], args$252[3], args$252[1]);
                if ((value$254 == null)) {
                  return args$252[0];
                } else {
                  return with_attributes(args$252[0], [[args$252[3], value$254]]);
                }
              }
            } else {
              if ((case_value$253 === "%attributes")) {
                return with_attributes(args$252[0], decide_attributes(args$252[2], p$map_indexed(((i$255, name$256) => {
                  return [name$256, args$252[1][i$255]];
                }), args$252[3])));
              } else {
                if ((case_value$253 === "%content")) {
                  return args$252[0];
                } else {
                  if ((case_value$253 === "%child")) {
                    return with_children(args$252[0], decide_child(args$252[1]));
                  } else {
                    if ((case_value$253 === "%text")) {
                      return with_children(args$252[0], [decide_text_content(args$252[2], args$252[1])]);
                    } else {
                      if ((case_value$253 === "%lines")) {
                        return with_children(args$252[0], args$252[1].children);
                      } else {
                        if ((case_value$253 === "%leave")) {
                          return with_children(args$252[0].outer, [p$make_element(args$252[1], args$252[0].attributes, args$252[0].children)]);
                        } else {
                          if ((case_value$253 === "%markup")) {
                            return p$make_markup(args$252[0].children);
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
      }
    }
  }
  return {
    "make-machine": make_machine,
    "make-waiting": make_waiting,
    "make-running": make_running,
    "deepest": deepest,
    "close": close,
    "run-proto": run_proto,
    "run-call": run_call,
    "run-component": run_component,
    "run": run,
    "wide": wide,
    "step": step,
    "step-code": step_code,
    "length-of": length_of,
    "constant-at": constant_at,
    "jump": jump,
    "take-off": take_off,
    "make-entries": make_entries,
    "span-of": span_of,
    "places-of": places_of,
    "cell-slot?": cell_slot$q,
    "read-slot": read_slot,
    "write-slot": write_slot,
    "taken-at": taken_at,
    "read-taken": read_taken,
    "make-from": make_from,
    "take-from": take_from,
    "cell-of": cell_of,
    "define-global": define_global,
    "get-global": get_global,
    "call-values": call_values,
    "tail-call": tail_call,
    "call": call,
    "enter": enter,
    "activate": activate,
    "fill-slots": fill_slots,
    "settle": settle,
    "answer": answer,
    "finish": finish,
    "call-named": call_named,
    "call-control": call_control,
    "start-body": start_body,
    "provided": provided,
    "equal-data": equal_data,
    "native-arity": native_arity,
    "call-native": call_native,
    "spread-call": spread_call,
    "sequence": sequence,
    "not-a-list": not_a_list,
    "walk": walk,
    "next-walked": next_walked,
    "keep-walked": keep_walked,
    "end-walk": end_walk,
    "fail": fail,
    "take-error": take_error,
    "leave-try": leave_try,
    "run-cleanup": run_cleanup,
    "call-component": call_component,
    "gather-props": gather_props,
    "enter-component": enter_component,
    "closure-of": closure_of,
    "unknown-prop": unknown_prop,
    "unless-given": unless_given,
    "building": building,
    "open-element": open_element,
    "with-children": with_children,
    "with-attributes": with_attributes,
    "build": build,
    "built": built,
  };
}
