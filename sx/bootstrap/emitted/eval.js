// Emitted from sx/spec/eval.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const decide_attributes = use["decide-attributes"];
  const decide_attribute = use["decide-attribute"];
  const printed_name = use["printed-name"];
  const one_of$q = use["one-of?"];
  const raw_text_tags = use["raw-text-tags"];
  const escapable_text_tags = use["escapable-text-tags"];
  const decide_text_content = use["decide-text-content"];
  const decide_child = use["decide-child"];
  const p$make_frame = host.primitive("make-frame");
  const p$$e = host.primitive("=");
  const p$raised$q = host.primitive("raised?");
  const p$unset = host.primitive("unset");
  const p$raised = host.primitive("raised");
  const p$fault = host.primitive("fault");
  const p$every$q = host.primitive("every?");
  const p$copy_literal = host.primitive("copy-literal");
  const p$primitive_value = host.primitive("primitive-value");
  const p$make_closure = host.primitive("make-closure");
  const p$call_host = host.primitive("call-host");
  const p$primitive_function = host.primitive("primitive-function");
  const p$reduce = host.primitive("reduce");
  const p$make_binding = host.primitive("make-binding");
  const p$definition$q = host.primitive("definition?");
  const p$list_from = host.primitive("list-from");
  const p$make_dict = host.primitive("make-dict");
  const p$make_markup = host.primitive("make-markup");
  const p$apply = host.primitive("apply");
  const p$concat = host.primitive("concat");
  const p$attempt = host.primitive("attempt");
  const p$map_indexed = host.primitive("map-indexed");
  const p$cons = host.primitive("cons");
  const p$map = host.primitive("map");
  const p$rest = host.primitive("rest");
  const p$make_element = host.primitive("make-element");
  const p$filter = host.primitive("filter");
  const p$take = host.primitive("take");
  const p$drop = host.primitive("drop");
  const p$some = host.primitive("some");
  const p$closure$q = host.primitive("closure?");
  const p$native$q = host.primitive("native?");
  const p$host_function$q = host.primitive("host-function?");
  const p$continuation$q = host.primitive("continuation?");
  const p$str = host.primitive("str");
  const p$component_value$q = host.primitive("component-value?");
  const p$dict_set$x = host.primitive("dict-set!");
  const p$dict$q = host.primitive("dict?");
  const p$for_each = host.primitive("for-each");
  const p$get = host.primitive("get");
  const p$keys = host.primitive("keys");
  const p$leaves$q = host.primitive("leaves?");
  const p$first = host.primitive("first");
  const p$make_call = host.primitive("make-call");
  const p$has_key$q = host.primitive("has-key?");
  const p$has_type$q = host.primitive("has-type?");
  const p$raise_value = host.primitive("raise-value");
  const p$print_values = host.primitive("print-values");
  const p$contains$q = host.primitive("contains?");
  const p$list$q = host.primitive("list?");
  const p$set_nth$x = host.primitive("set-nth!");
  const p$note_component = host.primitive("note-component");
  const p$caught = host.primitive("caught");
  const p$make_continuation = host.primitive("make-continuation");
  const p$copy_frame = host.primitive("copy-frame");
  const p$empty$q = host.primitive("empty?");
  const p$last = host.primitive("last");
  const p$ask_host = host.primitive("ask-host");
  const p$waiting$q = host.primitive("waiting?");
  const p$pending_state = host.primitive("pending-state");
  const p$pending_value = host.primitive("pending-value");
  const p$pending_failure = host.primitive("pending-failure");
  const p$note_hole = host.primitive("note-hole");
  const p$make_hole = host.primitive("make-hole");
  const p$make_component = host.primitive("make-component");
  function make_machine(host_$1) {
    return { mode: "done", core: null, env: null, value: null, args: null, next: null, depth: 0, host: host_$1 };
  }
  const deepest = 5000;
  function start(m$2, core$3, env$4) {
    (m$2.next = p$make_frame("root", core$3, null, null, 0, null, 0));
    (m$2.depth = 0);
    return go(m$2, core$3, env$4);
  }
  function start_call(m$5, f$6, args$7) {
    (m$5.next = p$make_frame("root", null, null, null, 0, null, 0));
    (m$5.depth = 0);
    return call(m$5, f$6, args$7, null);
  }
  function start_component(m$8, component$9, props$10, children$11) {
    (m$8.next = p$make_frame("root", null, null, null, 0, null, 0));
    (m$8.depth = 0);
    (m$8.core = null);
    return enter_component(m$8, component$9, props$10, children$11, null);
  }
  function run(m$12) {
    loop13: while (true) {
      {
        let case_value$14 = m$12.mode;
        if ((case_value$14 === "eval")) {
          step_eval(m$12, m$12.core, m$12.env);
          continue loop13;
        } else {
          if ((case_value$14 === "return")) {
            step_return(m$12, m$12.next, m$12.value);
            continue loop13;
          } else {
            if ((case_value$14 === "apply")) {
              step_apply(m$12, m$12.value, m$12.args);
              continue loop13;
            } else {
              if ((case_value$14 === "raise")) {
                step_raise(m$12, m$12.next, m$12.value);
                continue loop13;
              } else {
                return m$12;
              }
            }
          }
        }
      }
    }
  }
  function go(m$15, core$16, env$17) {
    (m$15.mode = "eval");
    (m$15.core = core$16);
    return (m$15.env = env$17);
  }
  function give(m$18, value$19) {
    (m$18.mode = "return");
    return (m$18.value = value$19);
  }
  function call(m$20, f$21, args$22, core$23) {
    (m$20.mode = "apply");
    (m$20.value = f$21);
    (m$20.args = args$22);
    return (m$20.core = core$23);
  }
  function fail(m$24, error$25) {
    (m$24.mode = "raise");
    return (m$24.value = error$25);
  }
  function go_on(m$26, core$27, env$28) {
    {
      let waiting$29 = m$26.next;
      if ((host.isTrue(decides_pieces$q(waiting$29)) && p$$e(m$26.depth, waiting$29.depth))) {
        (waiting$29.place = core$27);
      } else {
        null;
      }
    }
    return go(m$26, core$27, env$28);
  }
  function settle(m$30, value$31) {
    if (host.isTrue(p$raised$q(value$31))) {
      return fail(m$30, value$31.error);
    } else {
      return give(m$30, value$31);
    }
  }
  function push(m$32, kind$33, core$34, env$35, values$36) {
    return (m$32.next = p$make_frame(kind$33, core$34, env$35, values$36, 0, m$32.next, m$32.depth));
  }
  function push_native(m$37, kind$38, env$39, values$40) {
    {
      let depth$41 = (m$37.next.depth + 1);
      return (m$37.next = p$make_frame(kind$38, m$37.core, env$39, values$40, 0, m$37.next, depth$41));
    }
  }
  function pop(m$42, frame$43) {
    (m$42.next = frame$43.next);
    return (m$42.depth = frame$43.depth);
  }
  function lookup(env$44, local$45) {
    loop46: while (true) {
      if ((env$44.local === local$45)) {
        return env$44;
      } else {
        env$44 = env$44.next;
        continue loop46;
      }
    }
  }
  function read_local(env$47, core$48) {
    {
      let value$49 = lookup(env$47, core$48.local).value;
      if ((value$49 === p$unset())) {
        return uninitialised(core$48.local.name, core$48);
      } else {
        return value$49;
      }
    }
  }
  function read_definition(core$50) {
    {
      let cell$51 = core$50.definition.compiled;
      if (host.isTrue(cell$51.ready)) {
        return cell$51.value;
      } else {
        return uninitialised(core$50.definition.name, core$50);
      }
    }
  }
  function uninitialised(name$52, core$53) {
    return p$raised(p$fault("name/uninitialised", { name: name$52 }, core$53.span));
  }
  function simple$q(core$54) {
    {
      let known$55 = core$54.simple;
      if ((known$55 == null)) {
        return (core$54.simple = judge_simple(core$54));
      } else {
        return known$55;
      }
    }
  }
  function judge_simple(core$56) {
    let and$58, and$59;
    {
      let case_value$57 = core$56.kind;
      if ((case_value$57 === "const")) {
        return true;
      } else {
        if ((case_value$57 === "local")) {
          return true;
        } else {
          if ((case_value$57 === "definition")) {
            return true;
          } else {
            if ((case_value$57 === "primitive")) {
              return true;
            } else {
              if ((case_value$57 === "fn")) {
                return true;
              } else {
                if ((case_value$57 === "call")) {
                  return (and$58 = (core$56.callee.kind === "primitive"), ((and$58 !== false && and$58 != null) ? (and$59 = !host.isTrue(native_name$q(core$56.callee.name)), ((and$59 !== false && and$59 != null) ? p$every$q(simple$q, core$56.args) : and$59)) : and$58));
                } else {
                  return false;
                }
              }
            }
          }
        }
      }
    }
  }
  function simple_value(m$60, core$61, env$62) {
    {
      let case_value$63 = core$61.kind;
      if ((case_value$63 === "local")) {
        return read_local(env$62, core$61);
      } else {
        if ((case_value$63 === "const")) {
          return p$copy_literal(core$61.value);
        } else {
          if ((case_value$63 === "call")) {
            return simple_call(m$60, core$61, env$62);
          } else {
            if ((case_value$63 === "definition")) {
              return read_definition(core$61);
            } else {
              if ((case_value$63 === "primitive")) {
                return p$primitive_value(m$60, core$61.name);
              } else {
                return p$make_closure(core$61, env$62);
              }
            }
          }
        }
      }
    }
  }
  function simple_call(m$64, core$65, env$66) {
    {
      let args$67 = simple_values(m$64, core$65.args, env$66);
      if (host.isTrue(p$raised$q(args$67))) {
        return args$67;
      } else {
        return p$call_host(function_of(m$64, core$65.callee), args$67, core$65.span);
      }
    }
  }
  function function_of(m$68, callee$69) {
    {
      let known$70 = callee$69.function;
      if ((known$70 == null)) {
        return (callee$69.function = p$primitive_function(m$68, callee$69.name));
      } else {
        return known$70;
      }
    }
  }
  function simple_values(m$71, cores$72, env$73) {
    {
      let case_value$74 = cores$72.length;
      if ((case_value$74 === 1)) {
        {
          let only$75 = simple_value(m$71, cores$72[0], env$73);
          if (host.isTrue(p$raised$q(only$75))) {
            return only$75;
          } else {
            return [only$75];
          }
        }
      } else {
        if ((case_value$74 === 2)) {
          {
            let a$76 = simple_value(m$71, cores$72[0], env$73);
            if (host.isTrue(p$raised$q(a$76))) {
              return a$76;
            } else {
              {
                let b$77 = simple_value(m$71, cores$72[1], env$73);
                if (host.isTrue(p$raised$q(b$77))) {
                  return b$77;
                } else {
                  return [a$76, b$77];
                }
              }
            }
          }
        } else {
          return many_values(m$71, cores$72, env$73);
        }
      }
    }
  }
  function many_values(m$78, cores$79, env$80) {
    {
      let values$81 = [];
      {
        let i$82 = 0;
        loop83: while (true) {
          if (p$$e(i$82, cores$79.length)) {
            return values$81;
          } else {
            {
              let value$84 = simple_value(m$78, cores$79[i$82], env$80);
              if (host.isTrue(p$raised$q(value$84))) {
                return value$84;
              } else {
                values$81.push(value$84);
                i$82 = (i$82 + 1);
                continue loop83;
              }
            }
          }
        }
      }
    }
  }
  function step_eval(m$85, core$86, env$87) {
    if (host.isTrue(simple$q(core$86))) {
      return settle(m$85, simple_value(m$85, core$86, env$87));
    } else {
      {
        let case_value$88 = core$86.kind;
        if ((case_value$88 === "call")) {
          if (host.isTrue(direct$q(core$86))) {
            return call_directly(m$85, core$86, env$87);
          } else {
            push(m$85, "call", core$86, env$87, []);
            return next_value(m$85, m$85.next);
          }
        } else {
          if ((case_value$88 === "if")) {
            return eval_if(m$85, core$86, env$87);
          } else {
            if ((case_value$88 === "let")) {
              push(m$85, "let", core$86, env$87, null);
              return next_binding(m$85, m$85.next);
            } else {
              if ((case_value$88 === "do")) {
                push(m$85, "do", core$86, env$87, null);
                return next_form(m$85, m$85.next);
              } else {
                if ((case_value$88 === "letrec")) {
                  return eval_letrec(m$85, core$86, env$87);
                } else {
                  if ((case_value$88 === "dict")) {
                    push(m$85, "dict", core$86, env$87, []);
                    return next_value(m$85, m$85.next);
                  } else {
                    if ((case_value$88 === "set")) {
                      push(m$85, "set", core$86, env$87, null);
                      return go(m$85, core$86.value, env$87);
                    } else {
                      if ((case_value$88 === "component-call")) {
                        push(m$85, "component-call", core$86, env$87, []);
                        return next_value(m$85, m$85.next);
                      } else {
                        if ((case_value$88 === "element")) {
                          push(m$85, "element", core$86, env$87, []);
                          return next_value(m$85, m$85.next);
                        } else {
                          if ((case_value$88 === "fragment")) {
                            push(m$85, "fragment", core$86, env$87, []);
                            return next_value(m$85, m$85.next);
                          } else {
                            if ((case_value$88 === "try")) {
                              return eval_try(m$85, core$86, env$87);
                            } else {
                              if ((case_value$88 === "provide")) {
                                push(m$85, "provide-key", core$86, env$87, null);
                                return go(m$85, core$86.key, env$87);
                              } else {
                                if ((case_value$88 === "context")) {
                                  push(m$85, "context", core$86, env$87, null);
                                  return go(m$85, core$86.key, env$87);
                                } else {
                                  if ((case_value$88 === "prompt")) {
                                    push(m$85, "prompt-tag", core$86, env$87, null);
                                    return go(m$85, core$86.tag, env$87);
                                  } else {
                                    if ((case_value$88 === "capture")) {
                                      push(m$85, "capture", core$86, env$87, null);
                                      return go(m$85, core$86.tag, env$87);
                                    } else {
                                      if ((case_value$88 === "perform")) {
                                        push(m$85, "perform", core$86, env$87, []);
                                        return next_value(m$85, m$85.next);
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
            }
          }
        }
      }
    }
  }
  function direct$q(core$89) {
    let and$91;
    {
      let known$90 = core$89.direct;
      if ((known$90 == null)) {
        return (core$89.direct = (and$91 = simple$q(core$89.callee), ((and$91 !== false && and$91 != null) ? p$every$q(simple$q, core$89.args) : and$91)));
      } else {
        return known$90;
      }
    }
  }
  function call_directly(m$92, core$93, env$94) {
    {
      let f$95 = simple_value(m$92, core$93.callee, env$94);
      if (host.isTrue(p$raised$q(f$95))) {
        return fail(m$92, f$95.error);
      } else {
        {
          let args$96 = simple_values(m$92, core$93.args, env$94);
          if (host.isTrue(p$raised$q(args$96))) {
            return fail(m$92, args$96.error);
          } else {
            return call(m$92, f$95, args$96, core$93);
          }
        }
      }
    }
  }
  function eval_if(m$97, core$98, env$99) {
    {
      let test$100 = core$98.test;
      if (host.isTrue(simple$q(test$100))) {
        {
          let value$101 = simple_value(m$97, test$100, env$99);
          if (host.isTrue(p$raised$q(value$101))) {
            return fail(m$97, value$101.error);
          } else {
            return choose(m$97, core$98, env$99, value$101);
          }
        }
      } else {
        push(m$97, "if", core$98, env$99, null);
        return go(m$97, test$100, env$99);
      }
    }
  }
  function choose(m$102, core$103, env$104, value$105) {
    return go_on(m$102, ((value$105 !== false && value$105 != null) ? core$103.yes : core$103.no), env$104);
  }
  function eval_letrec(m$106, core$107, env$108) {
    {
      let inner$109 = p$reduce(((env$110, binding$111) => {
        return p$make_binding(binding$111.local, p$unset(), env$110);
      }), env$108, core$107.bindings);
      push(m$106, "letrec", core$107, inner$109, null);
      return next_recursive(m$106, m$106.next);
    }
  }
  function eval_try(m$112, core$113, env$114) {
    push(m$112, "try", core$113, env$114, ((core$113.handler == null) ? "cleanup" : "body"));
    return go(m$112, core$113.body, env$114);
  }
  function step_return(m$115, frame$116, value$117) {
    {
      let case_value$118 = frame$116.kind;
      if ((case_value$118 === "call")) {
        return keep_value(m$115, frame$116, value$117);
      } else {
        if ((case_value$118 === "if")) {
          pop(m$115, frame$116);
          return choose(m$115, frame$116.core, frame$116.env, value$117);
        } else {
          if ((case_value$118 === "let")) {
            return bind_value(m$115, frame$116, value$117);
          } else {
            if ((case_value$118 === "do")) {
              return next_form(m$115, enter(m$115, frame$116));
            } else {
              if ((case_value$118 === "component")) {
                pop(m$115, frame$116);
                return give(m$115, value$117);
              } else {
                if ((case_value$118 === "element")) {
                  return keep_piece(m$115, frame$116, value$117);
                } else {
                  if ((case_value$118 === "fragment")) {
                    return keep_child(m$115, frame$116, value$117);
                  } else {
                    if ((case_value$118 === "component-call")) {
                      return keep_value(m$115, frame$116, value$117);
                    } else {
                      if ((case_value$118 === "prop")) {
                        return keep_prop(m$115, frame$116, value$117);
                      } else {
                        if ((case_value$118 === "letrec")) {
                          set_recursive(frame$116, value$117);
                          return next_recursive(m$115, enter(m$115, frame$116));
                        } else {
                          if ((case_value$118 === "dict")) {
                            return keep_value(m$115, frame$116, value$117);
                          } else {
                            if ((case_value$118 === "set")) {
                              return return_set(m$115, frame$116, value$117);
                            } else {
                              if ((case_value$118 === "map")) {
                                return return_map(m$115, frame$116, value$117);
                              } else {
                                if ((case_value$118 === "try")) {
                                  return return_try(m$115, frame$116, value$117);
                                } else {
                                  if ((case_value$118 === "cleanup")) {
                                    return return_cleanup(m$115, frame$116);
                                  } else {
                                    if ((case_value$118 === "provide-key")) {
                                      (frame$116.kind = "provide-value");
                                      (frame$116.values = value$117);
                                      enter(m$115, frame$116);
                                      return go(m$115, frame$116.core.value, frame$116.env);
                                    } else {
                                      if ((case_value$118 === "provide-value")) {
                                        return keep_provided(m$115, frame$116, value$117);
                                      } else {
                                        if ((case_value$118 === "provide")) {
                                          pop(m$115, frame$116);
                                          return give(m$115, value$117);
                                        } else {
                                          if ((case_value$118 === "context")) {
                                            return return_context(m$115, frame$116, value$117);
                                          } else {
                                            if ((case_value$118 === "prompt-tag")) {
                                              (frame$116.kind = "prompt");
                                              (frame$116.values = value$117);
                                              enter(m$115, frame$116);
                                              return go(m$115, frame$116.core.body, frame$116.env);
                                            } else {
                                              if ((case_value$118 === "prompt")) {
                                                pop(m$115, frame$116);
                                                return give(m$115, value$117);
                                              } else {
                                                if ((case_value$118 === "capture")) {
                                                  return return_capture(m$115, frame$116, value$117);
                                                } else {
                                                  if ((case_value$118 === "perform")) {
                                                    return keep_value(m$115, frame$116, value$117);
                                                  } else {
                                                    if ((case_value$118 === "handler")) {
                                                      pop(m$115, frame$116);
                                                      return give(m$115, value$117);
                                                    } else {
                                                      if ((case_value$118 === "signal")) {
                                                        pop(m$115, frame$116);
                                                        return give(m$115, value$117);
                                                      } else {
                                                        if ((case_value$118 === "hole")) {
                                                          return return_hole(m$115, frame$116, value$117);
                                                        } else {
                                                          if ((case_value$118 === "root")) {
                                                            return (m$115.mode = "done");
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
  function enter(m$119, frame$120) {
    (m$119.depth = frame$120.depth);
    return frame$120;
  }
  function next_form(m$121, frame$122) {
    {
      let forms$123 = frame$122.core.forms;
      let i$124 = frame$122.index;
      if (p$$e(i$124, (forms$123.length - 1))) {
        pop(m$121, frame$122);
        return go_on(m$121, forms$123[i$124], frame$122.env);
      } else {
        (frame$122.index = (i$124 + 1));
        return go(m$121, forms$123[i$124], frame$122.env);
      }
    }
  }
  function next_binding(m$125, frame$126) {
    {
      let bindings$127 = frame$126.core.bindings;
      let i$128 = frame$126.index;
      if (p$$e(i$128, bindings$127.length)) {
        pop(m$125, frame$126);
        return go_on(m$125, frame$126.core.body, frame$126.env);
      } else {
        return go(m$125, bindings$127[i$128].value, frame$126.env);
      }
    }
  }
  function bind_value(m$129, frame$130, value$131) {
    {
      let i$132 = frame$130.index;
      (frame$130.env = p$make_binding(frame$130.core.bindings[i$132].local, value$131, frame$130.env));
      (frame$130.index = (i$132 + 1));
      return next_binding(m$129, enter(m$129, frame$130));
    }
  }
  function next_recursive(m$133, frame$134) {
    {
      let bindings$135 = frame$134.core.bindings;
      let i$136 = frame$134.index;
      if (p$$e(i$136, bindings$135.length)) {
        pop(m$133, frame$134);
        return go(m$133, frame$134.core.body, frame$134.env);
      } else {
        return go(m$133, bindings$135[i$136].value, frame$134.env);
      }
    }
  }
  function set_recursive(frame$137, value$138) {
    {
      let i$139 = frame$137.index;
      (lookup(frame$137.env, frame$137.core.bindings[i$139].local).value = value$138);
      return (frame$137.index = (i$139 + 1));
    }
  }
  function return_set(m$140, frame$141, value$142) {
    {
      let target$143 = frame$141.core.target;
      pop(m$140, frame$141);
      if (host.isTrue(p$definition$q(target$143))) {
        (target$143.compiled.value = value$142);
      } else {
        (lookup(frame$141.env, target$143).value = value$142);
      }
      return give(m$140, value$142);
    }
  }
  function part(core$144, i$145) {
    {
      let case_value$146 = core$144.kind;
      if ((case_value$146 === "call")) {
        if ((i$145 === 0)) {
          return core$144.callee;
        } else {
          return item_or_nil(core$144.args, (i$145 - 1));
        }
      } else {
        if ((case_value$146 === "dict")) {
          return item_or_nil(core$144.values, i$145);
        } else {
          if ((case_value$146 === "element")) {
            if ((i$145 < core$144.attributes.length)) {
              return core$144.attributes[i$145].value;
            } else {
              return item_or_nil(core$144.children, (i$145 - core$144.attributes.length));
            }
          } else {
            if ((case_value$146 === "fragment")) {
              return item_or_nil(core$144.children, i$145);
            } else {
              if ((case_value$146 === "component-call")) {
                {
                  let props$147 = core$144.props;
                  if ((i$145 === 0)) {
                    return core$144.component;
                  } else {
                    if ((i$145 <= props$147.length)) {
                      return props$147[(i$145 - 1)].value;
                    } else {
                      return item_or_nil(core$144.children, (i$145 - (props$147.length + 1)));
                    }
                  }
                }
              } else {
                if ((case_value$146 === "perform")) {
                  if ((i$145 === 0)) {
                    return core$144.operation;
                  } else {
                    return item_or_nil(core$144.args, (i$145 - 1));
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
  function item_or_nil(items$148, i$149) {
    if ((i$149 < items$148.length)) {
      return items$148[i$149];
    } else {
      return null;
    }
  }
  function next_value(m$150, frame$151) {
    {
      loop152: while (true) {
        {
          let form$153 = part(frame$151.core, frame$151.index);
          if ((form$153 == null)) {
            return finish(m$150, frame$151);
          } else {
            if (!host.isTrue(simple$q(form$153))) {
              return go(m$150, form$153, frame$151.env);
            } else {
              {
                let value$154 = simple_value(m$150, form$153, frame$151.env);
                if (host.isTrue(p$raised$q(value$154))) {
                  return fail(m$150, value$154.error);
                } else {
                  if (host.isTrue(decides_pieces$q(frame$151))) {
                    return give(m$150, value$154);
                  } else {
                    frame$151.values.push(value$154);
                    (frame$151.index = (frame$151.index + 1));
                    continue loop152;
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function decides_pieces$q(frame$155) {
    let or$156;
    return (or$156 = (frame$155.kind === "element"), ((or$156 !== false && or$156 != null) ? or$156 : (frame$155.kind === "fragment")));
  }
  function keep_value(m$157, frame$158, value$159) {
    frame$158.values.push(value$159);
    return advance(m$157, frame$158);
  }
  function advance(m$160, frame$161) {
    (frame$161.index = (frame$161.index + 1));
    return next_value(m$160, enter(m$160, frame$161));
  }
  function finish(m$162, frame$163) {
    {
      let core$164 = frame$163.core;
      let values$165 = frame$163.values;
      pop(m$162, frame$163);
      {
        let case_value$166 = core$164.kind;
        if ((case_value$166 === "call")) {
          return call(m$162, values$165[0], p$list_from(values$165, 1), core$164);
        } else {
          if ((case_value$166 === "dict")) {
            return give(m$162, p$make_dict(core$164.keys, values$165));
          } else {
            if ((case_value$166 === "element")) {
              return settle(m$162, finish_element(core$164, values$165));
            } else {
              if ((case_value$166 === "fragment")) {
                return give(m$162, p$make_markup(p$apply(p$concat, values$165)));
              } else {
                if ((case_value$166 === "component-call")) {
                  return call_component(m$162, core$164, values$165);
                } else {
                  if ((case_value$166 === "perform")) {
                    return ask(m$162, core$164, values$165[0], p$list_from(values$165, 1));
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
  function keep_piece(m$167, frame$168, value$169) {
    {
      let core$170 = frame$168.core;
      let i$171 = frame$168.index;
      if ((i$171 < core$170.attributes.length)) {
        return keep_attribute(m$167, frame$168, core$170, core$170.attributes[i$171], value$169);
      } else {
        if (host.isTrue(text_content$q(core$170.tag))) {
          return keep_value(m$167, frame$168, value$169);
        } else {
          return keep_child(m$167, frame$168, value$169);
        }
      }
    }
  }
  function keep_attribute(m$172, frame$173, core$174, attribute$175, value$176) {
    let or$178;
    if (host.isTrue(spreads$q(core$174))) {
      return keep_spread(m$172, frame$173, core$174, value$176);
    } else {
      {
        let piece$177 = p$attempt((() => {
          return attribute_piece(core$174.tag, attribute$175.name, value$176);
        }), (or$178 = attribute$175.span, ((or$178 !== false && or$178 != null) ? or$178 : core$174.span)));
        if (host.isTrue(p$raised$q(piece$177))) {
          return fail(m$172, piece$177.error);
        } else {
          return keep_value(m$172, frame$173, piece$177);
        }
      }
    }
  }
  function keep_spread(m$179, frame$180, core$181, value$182) {
    {
      let values$183 = frame$180.values;
      values$183.push(value$182);
      if ((values$183.length < core$181.attributes.length)) {
        return advance(m$179, frame$180);
      } else {
        {
          let pieces$184 = p$attempt((() => {
            return decide_attributes(core$181.tag, p$map_indexed(((i$185, each$186) => {
              return [each$186.name, values$183[i$185]];
            }), core$181.attributes));
          }), core$181.span);
          if (host.isTrue(p$raised$q(pieces$184))) {
            return fail(m$179, pieces$184.error);
          } else {
            (frame$180.values = p$cons(pieces$184, p$map(((each$187) => {
              return null;
            }), p$rest(values$183))));
            return advance(m$179, frame$180);
          }
        }
      }
    }
  }
  function attribute_piece(tag$188, name$189, value$190) {
    {
      let decided$191 = decide_attribute(tag$188, name$189, value$190);
      if ((decided$191 == null)) {
        return null;
      } else {
        return [printed_name(name$189), decided$191];
      }
    }
  }
  function text_content$q(tag$192) {
    let or$193;
    return (or$193 = one_of$q(raw_text_tags, tag$192), ((or$193 !== false && or$193 != null) ? or$193 : one_of$q(escapable_text_tags, tag$192)));
  }
  function finish_element(core$194, pieces$195) {
    return p$attempt((() => {
      {
        let n$196 = core$194.attributes.length;
        let tag$197 = core$194.tag;
        return p$make_markup([p$make_element(tag$197, (host.isTrue(spreads$q(core$194)) ? pieces$195[0] : p$filter(((piece$198) => {
          return !(piece$198 == null);
        }), p$take(pieces$195, n$196))), (host.isTrue(text_content$q(tag$197)) ? [decide_text_content(tag$197, p$drop(pieces$195, n$196))] : p$apply(p$concat, p$drop(pieces$195, n$196))))]);
      }
    }), core$194.span);
  }
  function spreads$q(core$199) {
    return p$some(((attribute$200) => {
      return (attribute$200.name == null);
    }), core$199.attributes);
  }
  function keep_child(m$201, frame$202, value$203) {
    let or$206, or$207;
    {
      let core$204 = frame$202.core;
      {
        let piece$205 = p$attempt((() => {
          return decide_child(value$203);
        }), (or$206 = blamed_span(frame$202), ((or$206 !== false && or$206 != null) ? or$206 : (or$207 = part(core$204, frame$202.index).span, ((or$207 !== false && or$207 != null) ? or$207 : core$204.span)))));
        (frame$202.place = null);
        if (host.isTrue(p$raised$q(piece$205))) {
          return fail(m$201, piece$205.error);
        } else {
          return keep_value(m$201, frame$202, piece$205);
        }
      }
    }
  }
  function blamed_span(frame$208) {
    if ((frame$208.place == null)) {
      return null;
    } else {
      return frame$208.place.span;
    }
  }
  function step_apply(m$209, f$210, args$211) {
    if (host.isTrue(p$closure$q(f$210))) {
      return apply_closure(m$209, f$210, args$211);
    } else {
      if (host.isTrue(p$native$q(f$210))) {
        return apply_native(m$209, f$210.name, args$211);
      } else {
        if (host.isTrue(p$host_function$q(f$210))) {
          return settle(m$209, p$call_host(f$210, args$211, call_span(m$209)));
        } else {
          if (host.isTrue(p$continuation$q(f$210))) {
            return apply_continuation(m$209, f$210, args$211);
          } else {
            return fail(m$209, p$fault("call/not-callable", { found: f$210 }, call_span(m$209)));
          }
        }
      }
    }
  }
  function call_span(m$212) {
    if ((m$212.core == null)) {
      return null;
    } else {
      return m$212.core.span;
    }
  }
  function apply_closure(m$213, f$214, args$215) {
    {
      let fn_core$216 = f$214.fn;
      {
        let n$217 = fn_core$216.parameters.length;
        let given$218 = args$215.length;
        if (((given$218 < n$217) || ((given$218 > n$217) && (fn_core$216.rest == null)))) {
          return fail(m$213, wrong_count(fn_core$216.name, n$217, fn_core$216.rest, given$218, call_span(m$213)));
        } else {
          return activate(m$213, fn_core$216.body, bind_arguments(fn_core$216, args$215, f$214.env));
        }
      }
    }
  }
  function activate(m$219, body$220, env$221) {
    {
      let depth$222 = (m$219.next.depth + 1);
      if ((depth$222 > deepest)) {
        return fail(m$219, p$fault("stack/too-deep", { limit: deepest }, call_span(m$219)));
      } else {
        (m$219.depth = depth$222);
        return go(m$219, body$220, env$221);
      }
    }
  }
  function bind_arguments(fn_core$223, args$224, env$225) {
    {
      let parameters$226 = fn_core$223.parameters;
      {
        let i$227 = 0;
        let env$228 = env$225;
        loop229: while (true) {
          if (p$$e(i$227, parameters$226.length)) {
            if ((fn_core$223.rest == null)) {
              return env$228;
            } else {
              return p$make_binding(fn_core$223.rest, p$list_from(args$224, i$227), env$228);
            }
          } else {
            const n$230 = (i$227 + 1);
            const n$231 = p$make_binding(parameters$226[i$227], args$224[i$227], env$228);
            i$227 = n$230;
            env$228 = n$231;
            continue loop229;
          }
        }
      }
    }
  }
  function wrong_count(name$232, n$233, rest_local$234, given$235, span$236) {
    return p$fault("call/arity", { name: name$232, expected: ((rest_local$234 == null) ? p$str(n$233) : p$str("at least ", n$233)), found: given$235 }, span$236);
  }
  function call_component(m$237, core$238, values$239) {
    {
      let component$240 = values$239[0];
      if (!host.isTrue(p$component_value$q(component$240))) {
        return fail(m$237, p$fault("call/not-callable", { found: component$240 }, core$238.span));
      } else {
        {
          let props$241 = gather_props(core$238.props, values$239, core$238.span);
          if (host.isTrue(p$raised$q(props$241))) {
            return fail(m$237, props$241.error);
          } else {
            return enter_component(m$237, component$240, props$241, p$list_from(values$239, (core$238.props.length + 1)), core$238);
          }
        }
      }
    }
  }
  function gather_props(named$242, values$243, span$244) {
    {
      let props$245 = {  };
      {
        let i$246 = 0;
        loop247: while (true) {
          if (p$$e(i$246, named$242.length)) {
            return props$245;
          } else {
            {
              let name$248 = named$242[i$246].name;
              let value$249 = values$243[(i$246 + 1)];
              if (!(name$248 == null)) {
                p$dict_set$x(props$245, name$248, value$249);
                i$246 = (i$246 + 1);
                continue loop247;
              } else {
                if (p$dict$q(value$249)) {
                  p$for_each(((key$250) => {
                    return p$dict_set$x(props$245, key$250, p$get(value$249, key$250));
                  }), p$keys(value$249));
                  i$246 = (i$246 + 1);
                  continue loop247;
                } else {
                  if ((value$249 == null)) {
                    i$246 = (i$246 + 1);
                    continue loop247;
                  } else {
                    return p$raised(p$fault("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value$249 }, span$244));
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function enter_component(m$251, component$252, props$253, children$254, core$255) {
    {
      let definition$256 = component$252.definition;
      let span$257;
      if ((core$255 == null)) {
        span$257 = null;
      } else {
        span$257 = core$255.span;
      }
      {
        let shape$258 = definition$256.shape;
        {
          let wrong$259 = refuse_props(definition$256, shape$258, props$253, children$254, span$257);
          if (!(wrong$259 == null)) {
            return fail(m$251, wrong$259);
          } else {
            if ((!(core$255 == null) && host.isTrue(p$leaves$q(m$251, definition$256)))) {
              return settle(m$251, leave_call(definition$256, shape$258, props$253, children$254, span$257));
            } else {
              push(m$251, "component", core$255, null, definition$256);
              {
                let depth$260 = (m$251.depth + 1);
                if ((depth$260 > deepest)) {
                  pop(m$251, m$251.next);
                  return fail(m$251, p$fault("stack/too-deep", { limit: deepest }, span$257));
                } else {
                  (m$251.depth = depth$260);
                  push(m$251, "prop", core$255, bind_given(shape$258, props$253, children$254), { definition: definition$256, props: props$253 });
                  return next_prop(m$251, m$251.next);
                }
              }
            }
          }
        }
      }
    }
  }
  function leave_call(definition$261, shape$262, props$263, children$264, span$265) {
    {
      let component$266 = definition$261.name;
      {
        let wrong$267 = p$first(p$filter(((error$268) => {
          return !(error$268 == null);
        }), p$map(((prop$269) => {
          return prop_error(prop$269, props$263, component$266, span$265);
        }), shape$262.props)));
        if ((wrong$267 == null)) {
          return p$make_markup([p$make_call(component$266, in_declared_order(shape$262, props$263), children$264)]);
        } else {
          return p$raised(wrong$267);
        }
      }
    }
  }
  function in_declared_order(shape$270, props$271) {
    {
      let ordered$272 = {  };
      p$for_each(((slot$273) => {
        if (p$has_key$q(props$271, slot$273.name)) {
          return p$dict_set$x(ordered$272, slot$273.name, p$get(props$271, slot$273.name));
        } else {
          return null;
        }
      }), p$concat(shape$270.props, shape$270.env));
      p$for_each(((name$274) => {
        return p$dict_set$x(ordered$272, name$274, p$get(props$271, name$274));
      }), p$keys(props$271));
      return ordered$272;
    }
  }
  function prop_error(prop$275, props$276, component$277, span$278) {
    {
      let name$279 = prop$275.name;
      {
        let value$280 = p$get(props$276, name$279);
        if ((!p$has_key$q(props$276, name$279) && (host.isTrue(prop$275.required) && (prop$275.fallback == null)))) {
          return p$fault("component/missing-prop", { prop: name$279, component: component$277 }, span$278);
        } else {
          if ((!(prop$275.type == null) && (!(value$280 == null) && !host.isTrue(p$has_type$q(value$280, prop$275.type))))) {
            return p$fault("component/prop-type", { prop: name$279, component: component$277, expected: prop$275.type, found: value$280 }, span$278);
          } else {
            return null;
          }
        }
      }
    }
  }
  function bind_given(shape$281, props$282, children$283) {
    {
      let env$284 = p$reduce(((env$285, slot$286) => {
        return p$make_binding(slot$286.local, p$get(props$282, slot$286.name), env$285);
      }), null, shape$281.env);
      {
        let env$287;
        if ((shape$281.attrs == null)) {
          env$287 = env$284;
        } else {
          env$287 = p$make_binding(shape$281.attrs, undeclared(shape$281, props$282), env$284);
        }
        if ((shape$281.children == null)) {
          return env$287;
        } else {
          return p$make_binding(shape$281.children, children$283, env$287);
        }
      }
    }
  }
  function undeclared(shape$288, props$289) {
    {
      let others$290 = {  };
      p$for_each(((name$291) => {
        if (!host.isTrue(declared$q(shape$288, name$291))) {
          return p$dict_set$x(others$290, name$291, p$get(props$289, name$291));
        } else {
          return null;
        }
      }), p$keys(props$289));
      return others$290;
    }
  }
  function declared$q(shape$292, name$293) {
    let or$295;
    return (or$295 = p$some(((prop$294) => {
      return p$$e(prop$294.name, name$293);
    }), shape$292.props), ((or$295 !== false && or$295 != null) ? or$295 : p$some(((slot$296) => {
      return p$$e(slot$296.name, name$293);
    }), shape$292.env)));
  }
  function refuse_props(definition$297, shape$298, props$299, children$300, span$301) {
    {
      let component$302 = definition$297.name;
      {
        let missing$303 = p$first(p$filter(((slot$304) => {
          return !p$has_key$q(props$299, slot$304.name);
        }), shape$298.env));
        let unknown$305;
        if ((shape$298.attrs == null)) {
          unknown$305 = p$first(p$filter(((name$306) => {
            return !host.isTrue(declared$q(shape$298, name$306));
          }), p$keys(props$299)));
        } else {
          unknown$305 = null;
        }
        if (!(missing$303 == null)) {
          return p$fault("component/missing-env", { name: missing$303.name, component: component$302 }, span$301);
        } else {
          if (!(unknown$305 == null)) {
            return p$fault("component/unknown-prop", { prop: unknown$305, component: component$302, suggestion: null }, span$301);
          } else {
            if (((shape$298.children == null) && (children$300.length > 0))) {
              return p$fault("component/unknown-prop", { prop: "children", component: component$302, suggestion: null }, span$301);
            } else {
              return null;
            }
          }
        }
      }
    }
  }
  function next_prop(m$307, frame$308) {
    {
      let declared$309 = frame$308.values.definition.shape.props;
      let i$310 = frame$308.index;
      if (p$$e(i$310, declared$309.length)) {
        pop(m$307, frame$308);
        return go(m$307, body_of(frame$308.values.definition), frame$308.env);
      } else {
        return offer_prop(m$307, frame$308, declared$309[i$310]);
      }
    }
  }
  function offer_prop(m$311, frame$312, prop$313) {
    {
      let props$314 = frame$312.values.props;
      let name$315 = prop$313.name;
      if (p$has_key$q(props$314, name$315)) {
        return keep_prop(m$311, frame$312, p$get(props$314, name$315));
      } else {
        if (!(prop$313.fallback == null)) {
          return go(m$311, prop$313.fallback, frame$312.env);
        } else {
          if (host.isTrue(prop$313.required)) {
            return fail_prop(m$311, frame$312, "component/missing-prop", { prop: name$315, component: frame$312.values.definition.name });
          } else {
            return keep_prop(m$311, frame$312, null);
          }
        }
      }
    }
  }
  function keep_prop(m$316, frame$317, value$318) {
    {
      let prop$319 = frame$317.values.definition.shape.props[frame$317.index];
      if ((!(prop$319.type == null) && (!(value$318 == null) && !host.isTrue(p$has_type$q(value$318, prop$319.type))))) {
        return fail_prop(m$316, frame$317, "component/prop-type", { prop: prop$319.name, component: frame$317.values.definition.name, expected: prop$319.type, found: value$318 });
      } else {
        (frame$317.env = p$make_binding(prop$319.local, value$318, frame$317.env));
        (frame$317.index = (frame$317.index + 1));
        return next_prop(m$316, enter(m$316, frame$317));
      }
    }
  }
  function fail_prop(m$320, frame$321, kind$322, details$323) {
    return fail(m$320, p$fault(kind$322, details$323, ((frame$321.core == null) ? null : frame$321.core.span)));
  }
  function body_of(definition$324) {
    let or$325, body$326;
    return (or$325 = definition$324.fragment, ((or$325 !== false && or$325 != null) ? or$325 : (body$326 = definition$324.core.body, (definition$324.fragment = { kind: "fragment", span: body$326.span, children: [body$326] }))));
  }
  function apply_native(m$327, name$328, args$329) {
    {
      let wanted$330 = p$get(native_arity, name$328);
      if ((!(wanted$330 == null) && !p$$e(wanted$330, args$329.length))) {
        return fail(m$327, wrong_count(name$328, wanted$330, null, args$329.length, call_span(m$327)));
      } else {
        if (((m$327.next.depth >= deepest) && host.isTrue(waits$q(name$328)))) {
          return fail(m$327, p$fault("stack/too-deep", { limit: deepest }, call_span(m$327)));
        } else {
          {
            let case_value$331 = name$328;
            if ((case_value$331 === "apply")) {
              return spread_call(m$327, args$329);
            } else {
              if ((case_value$331 === "raise")) {
                return fail(m$327, p$raise_value(args$329[0], call_span(m$327)));
              } else {
                if ((case_value$331 === "raise-continuable")) {
                  return signal(m$327, args$329[0]);
                } else {
                  if ((case_value$331 === "with-handler")) {
                    push_native(m$327, "handler", null, args$329[0]);
                    return call(m$327, args$329[1], [], m$327.core);
                  } else {
                    if ((case_value$331 === "call/cc")) {
                      return call_with_continuation(m$327, args$329[0]);
                    } else {
                      if ((case_value$331 === "suspense")) {
                        return suspend(m$327, args$329);
                      } else {
                        if ((case_value$331 === "print")) {
                          return settle(m$327, p$attempt((() => {
                            return p$print_values(m$327, args$329);
                          }), call_span(m$327)));
                        } else {
                          if ((case_value$331 === "reduce")) {
                            return walk(m$327, name$328, args$329[0], args$329[2], args$329[1]);
                          } else {
                            if ((case_value$331 === "map")) {
                              return walk(m$327, name$328, args$329[0], args$329[1], []);
                            } else {
                              if ((case_value$331 === "map-indexed")) {
                                return walk(m$327, name$328, args$329[0], args$329[1], []);
                              } else {
                                if ((case_value$331 === "filter")) {
                                  return walk(m$327, name$328, args$329[0], args$329[1], []);
                                } else {
                                  if ((case_value$331 === "every?")) {
                                    return walk(m$327, name$328, args$329[0], args$329[1], true);
                                  } else {
                                    return walk(m$327, name$328, args$329[0], args$329[1], null);
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
  const native_arity = (() => {
    return { map: 2, filter: 2, "for-each": 2, some: 2, "every?": 2, "map-indexed": 2, reduce: 3, apply: 2, raise: 1, "raise-continuable": 1, "with-handler": 2, "call/cc": 1, suspense: 3 };
  })();
  function native_name$q(name$332) {
    let or$333;
    return (or$333 = p$has_key$q(native_arity, name$332), ((or$333 !== false && or$333 != null) ? or$333 : (name$332 === "print")));
  }
  function waits$q(name$334) {
    return !p$contains$q(["apply", "raise", "call/cc", "suspense", "print"], name$334);
  }
  function spread_call(m$335, args$336) {
    {
      let items$337 = sequence(args$336[1]);
      if ((items$337 == null)) {
        return fail(m$335, not_a_list("apply", args$336[1], call_span(m$335)));
      } else {
        return call(m$335, args$336[0], items$337, m$335.core);
      }
    }
  }
  function sequence(value$338) {
    if (p$list$q(value$338)) {
      return value$338;
    } else {
      if ((value$338 == null)) {
        return [];
      } else {
        return null;
      }
    }
  }
  function not_a_list(name$339, found$340, span$341) {
    return p$fault("call/type", { primitive: name$339, argument: "its list", expected: "a list", found: found$340 }, span$341);
  }
  function walk(m$342, name$343, f$344, items$345, so_far$346) {
    {
      let found$347 = sequence(items$345);
      if ((found$347 == null)) {
        return fail(m$342, not_a_list(name$343, items$345, call_span(m$342)));
      } else {
        push_native(m$342, "map", name$343, [f$344, found$347, so_far$346, null]);
        return next_item(m$342, m$342.next);
      }
    }
  }
  function next_item(m$348, frame$349) {
    let case_value$354;
    {
      let f$350 = frame$349.values[0];
      let items$351 = frame$349.values[1];
      let so_far$352 = frame$349.values[2];
      let i$353 = frame$349.index;
      if ((i$353 < items$351.length)) {
        return call(m$348, f$350, (case_value$354 = frame$349.env, ((case_value$354 === "map-indexed") ? [i$353, items$351[i$353]] : ((case_value$354 === "reduce") ? [so_far$352, items$351[i$353]] : [p$set_nth$x(frame$349.values, 3, items$351[i$353])]))), frame$349.core);
      } else {
        pop(m$348, frame$349);
        return give(m$348, ((frame$349.env === "for-each") ? null : so_far$352));
      }
    }
  }
  function return_map(m$355, frame$356, value$357) {
    {
      let values$358 = frame$356.values;
      let i$359 = frame$356.index;
      (m$355.depth = frame$356.depth);
      (frame$356.index = (i$359 + 1));
      {
        let case_value$360 = frame$356.env;
        if ((case_value$360 === "map")) {
          values$358[2].push(value$357);
          return next_item(m$355, frame$356);
        } else {
          if ((case_value$360 === "map-indexed")) {
            values$358[2].push(value$357);
            return next_item(m$355, frame$356);
          } else {
            if ((case_value$360 === "filter")) {
              if ((value$357 !== false && value$357 != null)) {
                values$358[2].push(values$358[3]);
              } else {
                null;
              }
              return next_item(m$355, frame$356);
            } else {
              if ((case_value$360 === "reduce")) {
                p$set_nth$x(values$358, 2, value$357);
                return next_item(m$355, frame$356);
              } else {
                if ((case_value$360 === "some")) {
                  if ((value$357 !== false && value$357 != null)) {
                    pop(m$355, frame$356);
                    return give(m$355, value$357);
                  } else {
                    return next_item(m$355, frame$356);
                  }
                } else {
                  if ((case_value$360 === "every?")) {
                    if ((value$357 !== false && value$357 != null)) {
                      return next_item(m$355, frame$356);
                    } else {
                      pop(m$355, frame$356);
                      return give(m$355, false);
                    }
                  } else {
                    return next_item(m$355, frame$356);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function step_raise(m$361, frame$362, error$363) {
    {
      let case_value$364 = frame$362.kind;
      if ((case_value$364 === "try")) {
        return leave_try(m$361, frame$362, error$363);
      } else {
        if ((case_value$364 === "component")) {
          p$note_component(error$363, frame$362.values.name);
          return pop(m$361, frame$362);
        } else {
          if ((case_value$364 === "root")) {
            (m$361.mode = "done");
            return (m$361.value = p$raised(error$363));
          } else {
            return pop(m$361, frame$362);
          }
        }
      }
    }
  }
  function leave_try(m$365, frame$366, error$367) {
    {
      let core$368 = frame$366.core;
      pop(m$365, frame$366);
      if ((frame$366.values === "body")) {
        {
          let env$369 = p$make_binding(core$368.caught, p$caught(error$367), frame$366.env);
          if (!(core$368.cleanup == null)) {
            push(m$365, "try", core$368, frame$366.env, "cleanup");
          } else {
            null;
          }
          return go(m$365, core$368.handler, env$369);
        }
      } else {
        return run_cleanup(m$365, core$368, frame$366.env, p$raised(error$367));
      }
    }
  }
  function return_try(m$370, frame$371, value$372) {
    pop(m$370, frame$371);
    if ((frame$371.core.cleanup == null)) {
      return give(m$370, value$372);
    } else {
      return run_cleanup(m$370, frame$371.core, frame$371.env, value$372);
    }
  }
  function run_cleanup(m$373, core$374, env$375, outcome$376) {
    push(m$373, "cleanup", core$374, env$375, outcome$376);
    return go(m$373, core$374.cleanup, env$375);
  }
  function return_cleanup(m$377, frame$378) {
    pop(m$377, frame$378);
    return settle(m$377, frame$378.values);
  }
  function signal(m$379, value$380) {
    {
      let handler$381 = nearest_handler(m$379.next);
      if ((handler$381 == null)) {
        return fail(m$379, p$raise_value(value$380, call_span(m$379)));
      } else {
        push_native(m$379, "signal", null, handler$381);
        return call(m$379, handler$381.values, [value$380], m$379.core);
      }
    }
  }
  function nearest_handler(frame$382) {
    loop383: while (true) {
      {
        let case_value$384 = frame$382.kind;
        if ((case_value$384 === "handler")) {
          return frame$382;
        } else {
          if ((case_value$384 === "try")) {
            if ((frame$382.values === "body")) {
              return null;
            } else {
              frame$382 = frame$382.next;
              continue loop383;
            }
          } else {
            if ((case_value$384 === "signal")) {
              frame$382 = frame$382.values.next;
              continue loop383;
            } else {
              if ((case_value$384 === "root")) {
                return null;
              } else {
                frame$382 = frame$382.next;
                continue loop383;
              }
            }
          }
        }
      }
    }
  }
  function keep_provided(m$385, frame$386, value$387) {
    (frame$386.kind = "provide");
    (frame$386.values = [frame$386.values, value$387]);
    enter(m$385, frame$386);
    return go(m$385, frame$386.core.body, frame$386.env);
  }
  function return_context(m$388, frame$389, key$390) {
    {
      let found$391 = provided(frame$389.next, key$390);
      let core$392 = frame$389.core;
      pop(m$388, frame$389);
      if (!(found$391 == null)) {
        return give(m$388, found$391.values[1]);
      } else {
        if (!(core$392.fallback == null)) {
          return go(m$388, core$392.fallback, frame$389.env);
        } else {
          return fail(m$388, p$fault("context/missing", { key: key$390 }, core$392.span));
        }
      }
    }
  }
  function provided(frame$393, key$394) {
    loop395: while (true) {
      if ((frame$393.kind === "root")) {
        return null;
      } else {
        if (((frame$393.kind === "provide") && host.isTrue(equal_values(frame$393.values[0], key$394)))) {
          return frame$393;
        } else {
          frame$393 = frame$393.next;
          continue loop395;
        }
      }
    }
  }
  function equal_values(a$396, b$397) {
    return p$$e(a$396, b$397);
  }
  function return_capture(m$398, frame$399, tag$400) {
    {
      let core$401 = frame$399.core;
      let around$402 = nearest_prompt(frame$399.next, tag$400);
      if ((around$402 == null)) {
        return fail(m$398, p$fault("control/no-prompt", { tag: tag$400 }, core$401.span));
      } else {
        {
          let continuation$403 = p$make_continuation(copy_frames(frame$399.next, around$402));
          pop(m$398, around$402);
          return go(m$398, core$401.body, p$make_binding(core$401.local, continuation$403, frame$399.env));
        }
      }
    }
  }
  function nearest_prompt(frame$404, tag$405) {
    loop406: while (true) {
      if ((frame$404.kind === "root")) {
        return null;
      } else {
        if (((frame$404.kind === "prompt") && host.isTrue(equal_values(frame$404.values, tag$405)))) {
          return frame$404;
        } else {
          frame$404 = frame$404.next;
          continue loop406;
        }
      }
    }
  }
  function copy_frames(from$407, to$408) {
    {
      let copies$409 = [];
      {
        let frame$410 = from$407;
        loop411: while (true) {
          copies$409.push(p$copy_frame(frame$410));
          if ((frame$410 === to$408)) {
            return copies$409;
          } else {
            frame$410 = frame$410.next;
            continue loop411;
          }
        }
      }
    }
  }
  function apply_continuation(m$412, continuation$413, args$414) {
    if (!(args$414.length === 1)) {
      return fail(m$412, wrong_count(continuation$413.name, 1, null, args$414.length, call_span(m$412)));
    } else {
      {
        let frames$415 = continuation$413.frames;
        if (host.isTrue(continuation$413.whole)) {
          enter(m$412, (m$412.next = root_of(m$412.next)));
        } else {
          null;
        }
        if (((m$412.depth + continuation_depth(frames$415)) > deepest)) {
          return fail(m$412, p$fault("stack/too-deep", { limit: deepest }, call_span(m$412)));
        } else {
          restore(m$412, frames$415);
          return give(m$412, args$414[0]);
        }
      }
    }
  }
  function restore(m$416, frames$417) {
    if (!p$empty$q(frames$417)) {
      {
        let shift$418 = (m$416.depth - p$last(frames$417).depth);
        {
          let i$419 = (frames$417.length - 1);
          loop420: while (true) {
            if ((i$419 >= 0)) {
              {
                let frame$421 = p$copy_frame(frames$417[i$419]);
                (frame$421.next = m$416.next);
                (frame$421.depth = (frame$421.depth + shift$418));
                (m$416.next = frame$421);
                i$419 = (i$419 - 1);
                continue loop420;
              }
            } else {
              return null;
            }
          }
        }
      }
    } else {
      return null;
    }
  }
  function continuation_depth(frames$422) {
    if (p$empty$q(frames$422)) {
      return 0;
    } else {
      return (p$first(frames$422).depth - p$last(frames$422).depth);
    }
  }
  function root_of(frame$423) {
    loop424: while (true) {
      if ((frame$423.kind === "root")) {
        return frame$423;
      } else {
        frame$423 = frame$423.next;
        continue loop424;
      }
    }
  }
  function call_with_continuation(m$425, f$426) {
    {
      let root$427 = root_of(m$425.next);
      {
        let continuation$428 = p$make_continuation(frames_above(m$425.next, root$427));
        (continuation$428.whole = true);
        return call(m$425, f$426, [continuation$428], m$425.core);
      }
    }
  }
  function frames_above(from$429, root$430) {
    {
      let copies$431 = [];
      {
        let frame$432 = from$429;
        loop433: while (true) {
          if ((frame$432 === root$430)) {
            return copies$431;
          } else {
            copies$431.push(p$copy_frame(frame$432));
            frame$432 = frame$432.next;
            continue loop433;
          }
        }
      }
    }
  }
  function ask(m$434, core$435, operation$436, args$437) {
    {
      let answer$438 = p$ask_host(m$434, operation$436, args$437, core$435.span);
      if (host.isTrue(p$waiting$q(answer$438))) {
        (m$434.mode = "wait");
        return (m$434.value = answer$438);
      } else {
        return settle(m$434, answer$438);
      }
    }
  }
  function resume(m$439, value$440) {
    settle(m$439, value$440);
    return run(m$439);
  }
  function suspend(m$441, args$442) {
    {
      let pending$443 = args$442[1];
      {
        let case_value$444 = p$pending_state(pending$443);
        if ((case_value$444 === "ready")) {
          return call(m$441, args$442[2], [p$pending_value(pending$443)], m$441.core);
        } else {
          if ((case_value$444 === "failed")) {
            return fail(m$441, p$pending_failure(pending$443, call_span(m$441)));
          } else {
            if ((case_value$444 === "waiting")) {
              return open_hole(m$441, args$442[0], pending$443, args$442[2]);
            } else {
              return call(m$441, args$442[2], [pending$443], m$441.core);
            }
          }
        }
      }
    }
  }
  function open_hole(m$445, fallback$446, pending$447, receiver$448) {
    if ((m$445.next.depth >= deepest)) {
      return fail(m$445, p$fault("stack/too-deep", { limit: deepest }, call_span(m$445)));
    } else {
      {
        let id$449 = p$note_hole(m$445, pending$447, { receiver: receiver$448, provided: provided_around(m$445.next), core: m$445.core }, call_span(m$445));
        if (host.isTrue(p$raised$q(id$449))) {
          return fail(m$445, id$449.error);
        } else {
          push_native(m$445, "hole", null, id$449);
          return call(m$445, fallback$446, [], m$445.core);
        }
      }
    }
  }
  function provided_around(frame$450) {
    {
      let found$451 = [];
      {
        let frame$452 = frame$450;
        loop453: while (true) {
          {
            let case_value$454 = frame$452.kind;
            if ((case_value$454 === "root")) {
              return found$451;
            } else {
              if ((case_value$454 === "provide")) {
                found$451.push(frame$452);
                frame$452 = frame$452.next;
                continue loop453;
              } else {
                frame$452 = frame$452.next;
                continue loop453;
              }
            }
          }
        }
      }
    }
  }
  function return_hole(m$455, frame$456, value$457) {
    {
      let nodes$458 = p$attempt((() => {
        return decide_child(value$457);
      }), ((frame$456.core == null) ? null : frame$456.core.span));
      let id$459 = frame$456.values;
      pop(m$455, frame$456);
      if (host.isTrue(p$raised$q(nodes$458))) {
        return fail(m$455, nodes$458.error);
      } else {
        if ((id$459 == null)) {
          return give(m$455, p$make_markup(nodes$458));
        } else {
          return give(m$455, p$make_markup([p$make_hole(id$459, nodes$458)]));
        }
      }
    }
  }
  function start_filling(m$460, hole$461, value$462) {
    (m$460.next = p$make_frame("root", null, null, null, 0, null, 0));
    (m$460.depth = 0);
    {
      let provided$463 = hole$461.provided;
      {
        let i$464 = (provided$463.length - 1);
        loop465: while (true) {
          if ((i$464 >= 0)) {
            {
              let frame$466 = provided$463[i$464];
              push(m$460, "provide", frame$466.core, frame$466.env, frame$466.values);
            }
            i$464 = (i$464 - 1);
            continue loop465;
          } else {
            null;
            break loop465;
          }
        }
      }
    }
    push(m$460, "hole", hole$461.core, null, null);
    return call(m$460, hole$461.receiver, [value$462], hole$461.core);
  }
  function define_all(definitions$467) {
    return p$for_each(((definition$468) => {
      let case_value$470;
      {
        let kind$469 = definition$468.kind;
        return (definition$468.compiled = { ready: !(kind$469 === "value"), value: (case_value$470 = kind$469, ((case_value$470 === "value") ? null : ((case_value$470 === "component") ? p$make_component(definition$468) : p$make_closure(definition$468.core, null)))) });
      }
    }), definitions$467);
  }
  function set_definition(definition$471, value$472) {
    {
      let cell$473 = definition$471.compiled;
      (cell$473.value = value$472);
      return (cell$473.ready = true);
    }
  }
  return {
    "make-machine": make_machine,
    "deepest": deepest,
    "start": start,
    "start-call": start_call,
    "start-component": start_component,
    "run": run,
    "go": go,
    "give": give,
    "call": call,
    "fail": fail,
    "go-on": go_on,
    "settle": settle,
    "push": push,
    "push-native": push_native,
    "pop": pop,
    "lookup": lookup,
    "read-local": read_local,
    "read-definition": read_definition,
    "uninitialised": uninitialised,
    "simple?": simple$q,
    "judge-simple": judge_simple,
    "simple-value": simple_value,
    "simple-call": simple_call,
    "function-of": function_of,
    "simple-values": simple_values,
    "many-values": many_values,
    "step-eval": step_eval,
    "direct?": direct$q,
    "call-directly": call_directly,
    "eval-if": eval_if,
    "choose": choose,
    "eval-letrec": eval_letrec,
    "eval-try": eval_try,
    "step-return": step_return,
    "enter": enter,
    "next-form": next_form,
    "next-binding": next_binding,
    "bind-value": bind_value,
    "next-recursive": next_recursive,
    "set-recursive": set_recursive,
    "return-set": return_set,
    "part": part,
    "item-or-nil": item_or_nil,
    "next-value": next_value,
    "decides-pieces?": decides_pieces$q,
    "keep-value": keep_value,
    "advance": advance,
    "finish": finish,
    "keep-piece": keep_piece,
    "keep-attribute": keep_attribute,
    "keep-spread": keep_spread,
    "attribute-piece": attribute_piece,
    "text-content?": text_content$q,
    "finish-element": finish_element,
    "spreads?": spreads$q,
    "keep-child": keep_child,
    "blamed-span": blamed_span,
    "step-apply": step_apply,
    "call-span": call_span,
    "apply-closure": apply_closure,
    "activate": activate,
    "bind-arguments": bind_arguments,
    "wrong-count": wrong_count,
    "call-component": call_component,
    "gather-props": gather_props,
    "enter-component": enter_component,
    "leave-call": leave_call,
    "in-declared-order": in_declared_order,
    "prop-error": prop_error,
    "bind-given": bind_given,
    "undeclared": undeclared,
    "declared?": declared$q,
    "refuse-props": refuse_props,
    "next-prop": next_prop,
    "offer-prop": offer_prop,
    "keep-prop": keep_prop,
    "fail-prop": fail_prop,
    "body-of": body_of,
    "apply-native": apply_native,
    "native-arity": native_arity,
    "native-name?": native_name$q,
    "waits?": waits$q,
    "spread-call": spread_call,
    "sequence": sequence,
    "not-a-list": not_a_list,
    "walk": walk,
    "next-item": next_item,
    "return-map": return_map,
    "step-raise": step_raise,
    "leave-try": leave_try,
    "return-try": return_try,
    "run-cleanup": run_cleanup,
    "return-cleanup": return_cleanup,
    "signal": signal,
    "nearest-handler": nearest_handler,
    "keep-provided": keep_provided,
    "return-context": return_context,
    "provided": provided,
    "equal-values": equal_values,
    "return-capture": return_capture,
    "nearest-prompt": nearest_prompt,
    "copy-frames": copy_frames,
    "apply-continuation": apply_continuation,
    "restore": restore,
    "continuation-depth": continuation_depth,
    "root-of": root_of,
    "call-with-continuation": call_with_continuation,
    "frames-above": frames_above,
    "ask": ask,
    "resume": resume,
    "suspend": suspend,
    "open-hole": open_hole,
    "provided-around": provided_around,
    "return-hole": return_hole,
    "start-filling": start_filling,
    "define-all": define_all,
    "set-definition": set_definition,
  };
}
