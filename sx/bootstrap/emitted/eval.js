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
  const p$catching = host.primitive("catching");
  const p$raised$q = host.primitive("raised?");
  const p$$e = host.primitive("=");
  const p$unset = host.primitive("unset");
  const p$raise_error = host.primitive("raise-error");
  const p$fault = host.primitive("fault");
  const p$every$q = host.primitive("every?");
  const p$copy_literal = host.primitive("copy-literal");
  const p$primitive_value = host.primitive("primitive-value");
  const p$make_closure = host.primitive("make-closure");
  const p$call_with_two = host.primitive("call-with-two");
  const p$call_primitive = host.primitive("call-primitive");
  const p$primitive_function = host.primitive("primitive-function");
  const p$map = host.primitive("map");
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
  const p$rest = host.primitive("rest");
  const p$make_element = host.primitive("make-element");
  const p$filter = host.primitive("filter");
  const p$take = host.primitive("take");
  const p$drop = host.primitive("drop");
  const p$some = host.primitive("some");
  const p$closure$q = host.primitive("closure?");
  const p$native$q = host.primitive("native?");
  const p$host_function$q = host.primitive("host-function?");
  const p$call_host = host.primitive("call-host");
  const p$continuation$q = host.primitive("continuation?");
  const p$str = host.primitive("str");
  const p$component_value$q = host.primitive("component-value?");
  const p$dict_set$x = host.primitive("dict-set!");
  const p$dict$q = host.primitive("dict?");
  const p$for_each = host.primitive("for-each");
  const p$get = host.primitive("get");
  const p$keys = host.primitive("keys");
  const p$raised = host.primitive("raised");
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
    let m$12c = m$12;
    loop13: while (true) {
      let m$12 = m$12c;
      {
        let outcome$14 = p$catching((() => {
          return steps(m$12);
        }));
        if (host.isTrue(p$raised$q(outcome$14))) {
          fail(m$12, outcome$14.error);
          continue loop13;
        } else {
          return m$12;
        }
      }
    }
  }
  function steps(m$15) {
    loop16: while (true) {
      {
        let case_value$17 = m$15.mode;
        if ((case_value$17 === "eval")) {
          step_eval(m$15, m$15.core, m$15.env);
          continue loop16;
        } else {
          if ((case_value$17 === "return")) {
            step_return(m$15, m$15.next, m$15.value);
            continue loop16;
          } else {
            if ((case_value$17 === "apply")) {
              step_apply(m$15, m$15.value, m$15.args);
              continue loop16;
            } else {
              if ((case_value$17 === "raise")) {
                step_raise(m$15, m$15.next, m$15.value);
                continue loop16;
              } else {
                return null;
              }
            }
          }
        }
      }
    }
  }
  function go(m$18, core$19, env$20) {
    (m$18.mode = "eval");
    (m$18.core = core$19);
    return (m$18.env = env$20);
  }
  function give(m$21, value$22) {
    (m$21.mode = "return");
    return (m$21.value = value$22);
  }
  function call(m$23, f$24, args$25, core$26) {
    (m$23.mode = "apply");
    (m$23.value = f$24);
    (m$23.args = args$25);
    return (m$23.core = core$26);
  }
  function fail(m$27, error$28) {
    (m$27.mode = "raise");
    return (m$27.value = error$28);
  }
  function go_on(m$29, core$30, env$31) {
    {
      let waiting$32 = m$29.next;
      if ((host.isTrue(decides_pieces$q(waiting$32)) && p$$e(m$29.depth, waiting$32.depth))) {
        (waiting$32.place = core$30);
      } else {
        null;
      }
    }
    return go(m$29, core$30, env$31);
  }
  function settle(m$33, value$34) {
    if (host.isTrue(p$raised$q(value$34))) {
      return fail(m$33, value$34.error);
    } else {
      return give(m$33, value$34);
    }
  }
  function push(m$35, kind$36, core$37, env$38, values$39) {
    return (m$35.next = p$make_frame(kind$36, core$37, env$38, values$39, 0, m$35.next, m$35.depth));
  }
  function push_native(m$40, kind$41, env$42, values$43) {
    {
      let depth$44 = (m$40.next.depth + 1);
      return (m$40.next = p$make_frame(kind$41, m$40.core, env$42, values$43, 0, m$40.next, depth$44));
    }
  }
  function pop(m$45, frame$46) {
    (m$45.next = frame$46.next);
    return (m$45.depth = frame$46.depth);
  }
  function lookup(env$47, local$48) {
    loop49: while (true) {
      if ((env$47.local === local$48)) {
        return env$47;
      } else {
        env$47 = env$47.next;
        continue loop49;
      }
    }
  }
  function read_local(env$50, core$51) {
    {
      let value$52 = lookup(env$50, core$51.local).value;
      if ((value$52 === p$unset())) {
        return uninitialised(core$51.local.name, core$51);
      } else {
        return value$52;
      }
    }
  }
  function read_definition(core$53) {
    {
      let cell$54 = core$53.definition.compiled;
      if (host.isTrue(cell$54.ready)) {
        return cell$54.value;
      } else {
        return uninitialised(core$53.definition.name, core$53);
      }
    }
  }
  function uninitialised(name$55, core$56) {
    return p$raise_error(p$fault("name/uninitialised", { name: name$55 }, core$56.span));
  }
  function simple$q(core$57) {
    return (rule_for(core$57) === "simple");
  }
  function rule_for(core$58) {
    {
      let known$59 = core$58.rule;
      if ((known$59 == null)) {
        return (core$58.rule = find_rule(core$58));
      } else {
        return known$59;
      }
    }
  }
  function find_rule(core$60) {
    {
      let case_value$61 = core$60.kind;
      if ((case_value$61 === "const")) {
        return "simple";
      } else {
        if ((case_value$61 === "local")) {
          return "simple";
        } else {
          if ((case_value$61 === "definition")) {
            return "simple";
          } else {
            if ((case_value$61 === "primitive")) {
              return "simple";
            } else {
              if ((case_value$61 === "fn")) {
                return "simple";
              } else {
                if ((case_value$61 === "call")) {
                  return find_call_rule(core$60.callee, p$every$q(simple$q, core$60.args));
                } else {
                  if ((case_value$61 === "if")) {
                    if (host.isTrue(simple$q(core$60.test))) {
                      return "direct-if";
                    } else {
                      return "if";
                    }
                  } else {
                    if ((case_value$61 === "let")) {
                      if (host.isTrue(p$every$q(((binding$62) => {
                        return simple$q(binding$62.value);
                      }), core$60.bindings))) {
                        return "direct-let";
                      } else {
                        return "let";
                      }
                    } else {
                      return core$60.kind;
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
  function find_call_rule(callee$63, simple$64) {
    let and$66;
    {
      let primitive$65;
      primitive$65 = (and$66 = (callee$63.kind === "primitive"), ((and$66 !== false && and$66 != null) ? !host.isTrue(native_name$q(callee$63.name)) : and$66));
      if (((primitive$65 !== false && primitive$65 != null) && (simple$64 !== false && simple$64 != null))) {
        return "simple";
      } else {
        if ((primitive$65 !== false && primitive$65 != null)) {
          return "primitive-call";
        } else {
          if (((simple$64 !== false && simple$64 != null) && host.isTrue(simple$q(callee$63)))) {
            return "direct-call";
          } else {
            return "call";
          }
        }
      }
    }
  }
  function simple_value(m$67, core$68, env$69) {
    {
      let case_value$70 = core$68.kind;
      if ((case_value$70 === "local")) {
        return read_local(env$69, core$68);
      } else {
        if ((case_value$70 === "const")) {
          return p$copy_literal(core$68.value);
        } else {
          if ((case_value$70 === "call")) {
            return simple_call(m$67, core$68, env$69);
          } else {
            if ((case_value$70 === "definition")) {
              return read_definition(core$68);
            } else {
              if ((case_value$70 === "primitive")) {
                return p$primitive_value(m$67, core$68.name);
              } else {
                return p$make_closure(core$68, env$69);
              }
            }
          }
        }
      }
    }
  }
  function simple_call(m$71, core$72, env$73) {
    {
      let f$74 = function_of(m$71, core$72.callee);
      let args$75 = core$72.args;
      if ((args$75.length === 2)) {
        return p$call_with_two(f$74, simple_value(m$71, args$75[0], env$73), simple_value(m$71, args$75[1], env$73), core$72.span);
      } else {
        return p$call_primitive(f$74, simple_values(m$71, args$75, env$73), core$72.span);
      }
    }
  }
  function function_of(m$76, callee$77) {
    {
      let known$78 = callee$77.function;
      if ((known$78 == null)) {
        return (callee$77.function = p$primitive_function(m$76, callee$77.name));
      } else {
        return known$78;
      }
    }
  }
  function simple_values(m$79, cores$80, env$81) {
    {
      let case_value$82 = cores$80.length;
      if ((case_value$82 === 1)) {
        return [simple_value(m$79, cores$80[0], env$81)];
      } else {
        if ((case_value$82 === 2)) {
          return [simple_value(m$79, cores$80[0], env$81), simple_value(m$79, cores$80[1], env$81)];
        } else {
          return p$map(((core$83) => {
            return simple_value(m$79, core$83, env$81);
          }), cores$80);
        }
      }
    }
  }
  function step_eval(m$84, core$85, env$86) {
    {
      let case_value$87 = rule_for(core$85);
      if ((case_value$87 === "simple")) {
        return give(m$84, simple_value(m$84, core$85, env$86));
      } else {
        if ((case_value$87 === "direct-call")) {
          return call_directly(m$84, core$85, env$86);
        } else {
          if ((case_value$87 === "direct-if")) {
            return choose(m$84, core$85, env$86, simple_value(m$84, core$85.test, env$86));
          } else {
            if ((case_value$87 === "direct-let")) {
              return go_on(m$84, core$85.body, bind_directly(m$84, core$85.bindings, env$86));
            } else {
              if ((case_value$87 === "primitive-call")) {
                return gather(m$84, "primitive-call", core$85, env$86);
              } else {
                if ((case_value$87 === "call")) {
                  return gather(m$84, "call", core$85, env$86);
                } else {
                  if ((case_value$87 === "let")) {
                    push(m$84, "let", core$85, env$86, null);
                    return next_binding(m$84, m$84.next);
                  } else {
                    if ((case_value$87 === "do")) {
                      push(m$84, "do", core$85, env$86, null);
                      return next_form(m$84, m$84.next);
                    } else {
                      if ((case_value$87 === "if")) {
                        push(m$84, "if", core$85, env$86, null);
                        return go(m$84, core$85.test, env$86);
                      } else {
                        if ((case_value$87 === "letrec")) {
                          return eval_letrec(m$84, core$85, env$86);
                        } else {
                          if ((case_value$87 === "dict")) {
                            return gather(m$84, "dict", core$85, env$86);
                          } else {
                            if ((case_value$87 === "set")) {
                              push(m$84, "set", core$85, env$86, null);
                              return go(m$84, core$85.value, env$86);
                            } else {
                              if ((case_value$87 === "component-call")) {
                                return gather(m$84, "component-call", core$85, env$86);
                              } else {
                                if ((case_value$87 === "element")) {
                                  return gather(m$84, "element", core$85, env$86);
                                } else {
                                  if ((case_value$87 === "fragment")) {
                                    return gather(m$84, "fragment", core$85, env$86);
                                  } else {
                                    if ((case_value$87 === "try")) {
                                      return eval_try(m$84, core$85, env$86);
                                    } else {
                                      if ((case_value$87 === "provide")) {
                                        push(m$84, "provide-key", core$85, env$86, null);
                                        return go(m$84, core$85.key, env$86);
                                      } else {
                                        if ((case_value$87 === "context")) {
                                          push(m$84, "context", core$85, env$86, null);
                                          return go(m$84, core$85.key, env$86);
                                        } else {
                                          if ((case_value$87 === "prompt")) {
                                            push(m$84, "prompt-tag", core$85, env$86, null);
                                            return go(m$84, core$85.tag, env$86);
                                          } else {
                                            if ((case_value$87 === "capture")) {
                                              push(m$84, "capture", core$85, env$86, null);
                                              return go(m$84, core$85.tag, env$86);
                                            } else {
                                              if ((case_value$87 === "perform")) {
                                                return gather(m$84, "perform", core$85, env$86);
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
  function call_directly(m$88, core$89, env$90) {
    {
      let f$91 = simple_value(m$88, core$89.callee, env$90);
      (m$88.core = core$89);
      return step_apply(m$88, f$91, simple_values(m$88, core$89.args, env$90));
    }
  }
  function bind_directly(m$92, bindings$93, env$94) {
    return p$reduce(((env$95, binding$96) => {
      return p$make_binding(binding$96.local, simple_value(m$92, binding$96.value, env$95), env$95);
    }), env$94, bindings$93);
  }
  function choose(m$97, core$98, env$99, value$100) {
    return go_on(m$97, ((value$100 !== false && value$100 != null) ? core$98.yes : core$98.no), env$99);
  }
  function eval_letrec(m$101, core$102, env$103) {
    {
      let inner$104 = p$reduce(((env$105, binding$106) => {
        return p$make_binding(binding$106.local, p$unset(), env$105);
      }), env$103, core$102.bindings);
      push(m$101, "letrec", core$102, inner$104, null);
      return next_recursive(m$101, m$101.next);
    }
  }
  function eval_try(m$107, core$108, env$109) {
    push(m$107, "try", core$108, env$109, ((core$108.handler == null) ? "cleanup" : "body"));
    return go(m$107, core$108.body, env$109);
  }
  function step_return(m$110, frame$111, value$112) {
    {
      let case_value$113 = frame$111.kind;
      if ((case_value$113 === "primitive-call")) {
        return keep_value(m$110, frame$111, value$112);
      } else {
        if ((case_value$113 === "call")) {
          return keep_value(m$110, frame$111, value$112);
        } else {
          if ((case_value$113 === "if")) {
            pop(m$110, frame$111);
            return choose(m$110, frame$111.core, frame$111.env, value$112);
          } else {
            if ((case_value$113 === "let")) {
              return bind_value(m$110, frame$111, value$112);
            } else {
              if ((case_value$113 === "do")) {
                return next_form(m$110, enter(m$110, frame$111));
              } else {
                if ((case_value$113 === "component")) {
                  pop(m$110, frame$111);
                  return give(m$110, value$112);
                } else {
                  if ((case_value$113 === "element")) {
                    return keep_piece(m$110, frame$111, value$112);
                  } else {
                    if ((case_value$113 === "fragment")) {
                      return keep_child(m$110, frame$111, value$112);
                    } else {
                      if ((case_value$113 === "component-call")) {
                        return keep_value(m$110, frame$111, value$112);
                      } else {
                        if ((case_value$113 === "prop")) {
                          return keep_prop(m$110, frame$111, value$112);
                        } else {
                          if ((case_value$113 === "letrec")) {
                            set_recursive(frame$111, value$112);
                            return next_recursive(m$110, enter(m$110, frame$111));
                          } else {
                            if ((case_value$113 === "dict")) {
                              return keep_value(m$110, frame$111, value$112);
                            } else {
                              if ((case_value$113 === "set")) {
                                return return_set(m$110, frame$111, value$112);
                              } else {
                                if ((case_value$113 === "map")) {
                                  return return_map(m$110, frame$111, value$112);
                                } else {
                                  if ((case_value$113 === "try")) {
                                    return return_try(m$110, frame$111, value$112);
                                  } else {
                                    if ((case_value$113 === "cleanup")) {
                                      return return_cleanup(m$110, frame$111);
                                    } else {
                                      if ((case_value$113 === "provide-key")) {
                                        (frame$111.kind = "provide-value");
                                        (frame$111.values = value$112);
                                        enter(m$110, frame$111);
                                        return go(m$110, frame$111.core.value, frame$111.env);
                                      } else {
                                        if ((case_value$113 === "provide-value")) {
                                          return keep_provided(m$110, frame$111, value$112);
                                        } else {
                                          if ((case_value$113 === "provide")) {
                                            pop(m$110, frame$111);
                                            return give(m$110, value$112);
                                          } else {
                                            if ((case_value$113 === "context")) {
                                              return return_context(m$110, frame$111, value$112);
                                            } else {
                                              if ((case_value$113 === "prompt-tag")) {
                                                (frame$111.kind = "prompt");
                                                (frame$111.values = value$112);
                                                enter(m$110, frame$111);
                                                return go(m$110, frame$111.core.body, frame$111.env);
                                              } else {
                                                if ((case_value$113 === "prompt")) {
                                                  pop(m$110, frame$111);
                                                  return give(m$110, value$112);
                                                } else {
                                                  if ((case_value$113 === "capture")) {
                                                    return return_capture(m$110, frame$111, value$112);
                                                  } else {
                                                    if ((case_value$113 === "perform")) {
                                                      return keep_value(m$110, frame$111, value$112);
                                                    } else {
                                                      if ((case_value$113 === "handler")) {
                                                        pop(m$110, frame$111);
                                                        return give(m$110, value$112);
                                                      } else {
                                                        if ((case_value$113 === "signal")) {
                                                          pop(m$110, frame$111);
                                                          return give(m$110, value$112);
                                                        } else {
                                                          if ((case_value$113 === "hole")) {
                                                            return return_hole(m$110, frame$111, value$112);
                                                          } else {
                                                            if ((case_value$113 === "root")) {
                                                              return (m$110.mode = "done");
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
  }
  function enter(m$114, frame$115) {
    (m$114.depth = frame$115.depth);
    return frame$115;
  }
  function next_form(m$116, frame$117) {
    {
      let forms$118 = frame$117.core.forms;
      let i$119 = frame$117.index;
      if (p$$e(i$119, (forms$118.length - 1))) {
        pop(m$116, frame$117);
        return go_on(m$116, forms$118[i$119], frame$117.env);
      } else {
        (frame$117.index = (i$119 + 1));
        return go(m$116, forms$118[i$119], frame$117.env);
      }
    }
  }
  function next_binding(m$120, frame$121) {
    {
      let bindings$122 = frame$121.core.bindings;
      let i$123 = frame$121.index;
      if (p$$e(i$123, bindings$122.length)) {
        pop(m$120, frame$121);
        return go_on(m$120, frame$121.core.body, frame$121.env);
      } else {
        return go(m$120, bindings$122[i$123].value, frame$121.env);
      }
    }
  }
  function bind_value(m$124, frame$125, value$126) {
    {
      let i$127 = frame$125.index;
      (frame$125.env = p$make_binding(frame$125.core.bindings[i$127].local, value$126, frame$125.env));
      (frame$125.index = (i$127 + 1));
      return next_binding(m$124, enter(m$124, frame$125));
    }
  }
  function next_recursive(m$128, frame$129) {
    {
      let bindings$130 = frame$129.core.bindings;
      let i$131 = frame$129.index;
      if (p$$e(i$131, bindings$130.length)) {
        pop(m$128, frame$129);
        return go(m$128, frame$129.core.body, frame$129.env);
      } else {
        return go(m$128, bindings$130[i$131].value, frame$129.env);
      }
    }
  }
  function set_recursive(frame$132, value$133) {
    {
      let i$134 = frame$132.index;
      (lookup(frame$132.env, frame$132.core.bindings[i$134].local).value = value$133);
      return (frame$132.index = (i$134 + 1));
    }
  }
  function return_set(m$135, frame$136, value$137) {
    {
      let target$138 = frame$136.core.target;
      pop(m$135, frame$136);
      if (host.isTrue(p$definition$q(target$138))) {
        (target$138.compiled.value = value$137);
      } else {
        (lookup(frame$136.env, target$138).value = value$137);
      }
      return give(m$135, value$137);
    }
  }
  function gather(m$139, kind$140, core$141, env$142) {
    push(m$139, kind$140, core$141, env$142, []);
    return next_value(m$139, m$139.next);
  }
  function part(frame$143) {
    {
      let core$144 = frame$143.core;
      let i$145 = frame$143.index;
      {
        let case_value$146 = frame$143.kind;
        if ((case_value$146 === "primitive-call")) {
          return item_or_nil(core$144.args, i$145);
        } else {
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
          let form$153 = part(frame$151);
          if ((form$153 == null)) {
            return finish(m$150, frame$151);
          } else {
            if (!host.isTrue(simple$q(form$153))) {
              return go(m$150, form$153, frame$151.env);
            } else {
              if (host.isTrue(decides_pieces$q(frame$151))) {
                return give(m$150, simple_value(m$150, form$153, frame$151.env));
              } else {
                frame$151.values.push(simple_value(m$150, form$153, frame$151.env));
                (frame$151.index = (frame$151.index + 1));
                continue loop152;
              }
            }
          }
        }
      }
    }
  }
  function decides_pieces$q(frame$154) {
    let or$155;
    return (or$155 = (frame$154.kind === "element"), ((or$155 !== false && or$155 != null) ? or$155 : (frame$154.kind === "fragment")));
  }
  function keep_value(m$156, frame$157, value$158) {
    frame$157.values.push(value$158);
    return advance(m$156, frame$157);
  }
  function advance(m$159, frame$160) {
    (frame$160.index = (frame$160.index + 1));
    return next_value(m$159, enter(m$159, frame$160));
  }
  function finish(m$161, frame$162) {
    {
      let core$163 = frame$162.core;
      let values$164 = frame$162.values;
      pop(m$161, frame$162);
      {
        let case_value$165 = frame$162.kind;
        if ((case_value$165 === "primitive-call")) {
          return give(m$161, p$call_primitive(function_of(m$161, core$163.callee), values$164, core$163.span));
        } else {
          if ((case_value$165 === "call")) {
            return call(m$161, values$164[0], p$list_from(values$164, 1), core$163);
          } else {
            if ((case_value$165 === "dict")) {
              return give(m$161, p$make_dict(core$163.keys, values$164));
            } else {
              if ((case_value$165 === "element")) {
                return settle(m$161, finish_element(core$163, values$164));
              } else {
                if ((case_value$165 === "fragment")) {
                  return give(m$161, p$make_markup(p$apply(p$concat, values$164)));
                } else {
                  if ((case_value$165 === "component-call")) {
                    return call_component(m$161, core$163, values$164);
                  } else {
                    if ((case_value$165 === "perform")) {
                      return ask(m$161, core$163, values$164[0], p$list_from(values$164, 1));
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
  function keep_piece(m$166, frame$167, value$168) {
    {
      let core$169 = frame$167.core;
      let i$170 = frame$167.index;
      if ((i$170 < core$169.attributes.length)) {
        return keep_attribute(m$166, frame$167, core$169, core$169.attributes[i$170], value$168);
      } else {
        if (host.isTrue(text_content$q(core$169.tag))) {
          return keep_value(m$166, frame$167, value$168);
        } else {
          return keep_child(m$166, frame$167, value$168);
        }
      }
    }
  }
  function keep_attribute(m$171, frame$172, core$173, attribute$174, value$175) {
    let or$177;
    if (host.isTrue(spreads$q(core$173))) {
      return keep_spread(m$171, frame$172, core$173, value$175);
    } else {
      {
        let piece$176 = p$attempt((() => {
          return attribute_piece(core$173.tag, attribute$174.name, value$175);
        }), (or$177 = attribute$174.span, ((or$177 !== false && or$177 != null) ? or$177 : core$173.span)));
        if (host.isTrue(p$raised$q(piece$176))) {
          return fail(m$171, piece$176.error);
        } else {
          return keep_value(m$171, frame$172, piece$176);
        }
      }
    }
  }
  function keep_spread(m$178, frame$179, core$180, value$181) {
    {
      let values$182 = frame$179.values;
      values$182.push(value$181);
      if ((values$182.length < core$180.attributes.length)) {
        return advance(m$178, frame$179);
      } else {
        {
          let pieces$183 = p$attempt((() => {
            return decide_attributes(core$180.tag, p$map_indexed(((i$184, each$185) => {
              return [each$185.name, values$182[i$184]];
            }), core$180.attributes));
          }), core$180.span);
          if (host.isTrue(p$raised$q(pieces$183))) {
            return fail(m$178, pieces$183.error);
          } else {
            (frame$179.values = p$cons(pieces$183, p$map(((each$186) => {
              return null;
            }), p$rest(values$182))));
            return advance(m$178, frame$179);
          }
        }
      }
    }
  }
  function attribute_piece(tag$187, name$188, value$189) {
    {
      let decided$190 = decide_attribute(tag$187, name$188, value$189);
      if ((decided$190 == null)) {
        return null;
      } else {
        return [printed_name(name$188), decided$190];
      }
    }
  }
  function text_content$q(tag$191) {
    let or$192;
    return (or$192 = one_of$q(raw_text_tags, tag$191), ((or$192 !== false && or$192 != null) ? or$192 : one_of$q(escapable_text_tags, tag$191)));
  }
  function finish_element(core$193, pieces$194) {
    return p$attempt((() => {
      {
        let n$195 = core$193.attributes.length;
        let tag$196 = core$193.tag;
        return p$make_markup([p$make_element(tag$196, (host.isTrue(spreads$q(core$193)) ? pieces$194[0] : p$filter(((piece$197) => {
          return !(piece$197 == null);
        }), p$take(pieces$194, n$195))), (host.isTrue(text_content$q(tag$196)) ? [decide_text_content(tag$196, p$drop(pieces$194, n$195))] : p$apply(p$concat, p$drop(pieces$194, n$195))))]);
      }
    }), core$193.span);
  }
  function spreads$q(core$198) {
    return p$some(((attribute$199) => {
      return (attribute$199.name == null);
    }), core$198.attributes);
  }
  function keep_child(m$200, frame$201, value$202) {
    let or$205, or$206;
    {
      let core$203 = frame$201.core;
      {
        let piece$204 = p$attempt((() => {
          return decide_child(value$202);
        }), (or$205 = blamed_span(frame$201), ((or$205 !== false && or$205 != null) ? or$205 : (or$206 = part(frame$201).span, ((or$206 !== false && or$206 != null) ? or$206 : core$203.span)))));
        (frame$201.place = null);
        if (host.isTrue(p$raised$q(piece$204))) {
          return fail(m$200, piece$204.error);
        } else {
          return keep_value(m$200, frame$201, piece$204);
        }
      }
    }
  }
  function blamed_span(frame$207) {
    if ((frame$207.place == null)) {
      return null;
    } else {
      return frame$207.place.span;
    }
  }
  function step_apply(m$208, f$209, args$210) {
    if (host.isTrue(p$closure$q(f$209))) {
      return apply_closure(m$208, f$209, args$210);
    } else {
      if (host.isTrue(p$native$q(f$209))) {
        return apply_native(m$208, f$209.name, args$210);
      } else {
        if (host.isTrue(p$host_function$q(f$209))) {
          return settle(m$208, p$call_host(f$209, args$210, call_span(m$208)));
        } else {
          if (host.isTrue(p$continuation$q(f$209))) {
            return apply_continuation(m$208, f$209, args$210);
          } else {
            return fail(m$208, p$fault("call/not-callable", { found: f$209 }, call_span(m$208)));
          }
        }
      }
    }
  }
  function call_span(m$211) {
    if ((m$211.core == null)) {
      return null;
    } else {
      return m$211.core.span;
    }
  }
  function apply_closure(m$212, f$213, args$214) {
    {
      let fn_core$215 = f$213.fn;
      {
        let n$216 = fn_core$215.parameters.length;
        let given$217 = args$214.length;
        if (((given$217 < n$216) || ((given$217 > n$216) && (fn_core$215.rest == null)))) {
          return fail(m$212, wrong_count(fn_core$215.name, n$216, fn_core$215.rest, given$217, call_span(m$212)));
        } else {
          return activate(m$212, fn_core$215.body, bind_arguments(fn_core$215, args$214, f$213.env));
        }
      }
    }
  }
  function activate(m$218, body$219, env$220) {
    {
      let depth$221 = (m$218.next.depth + 1);
      if ((depth$221 > deepest)) {
        return fail(m$218, p$fault("stack/too-deep", { limit: deepest }, call_span(m$218)));
      } else {
        (m$218.depth = depth$221);
        return go(m$218, body$219, env$220);
      }
    }
  }
  function bind_arguments(fn_core$222, args$223, env$224) {
    {
      let parameters$225 = fn_core$222.parameters;
      {
        let i$226 = 0;
        let env$227 = env$224;
        loop228: while (true) {
          if (p$$e(i$226, parameters$225.length)) {
            if ((fn_core$222.rest == null)) {
              return env$227;
            } else {
              return p$make_binding(fn_core$222.rest, p$list_from(args$223, i$226), env$227);
            }
          } else {
            const n$229 = (i$226 + 1);
            const n$230 = p$make_binding(parameters$225[i$226], args$223[i$226], env$227);
            i$226 = n$229;
            env$227 = n$230;
            continue loop228;
          }
        }
      }
    }
  }
  function wrong_count(name$231, n$232, rest_local$233, given$234, span$235) {
    return p$fault("call/arity", { name: name$231, expected: ((rest_local$233 == null) ? p$str(n$232) : p$str("at least ", n$232)), found: given$234 }, span$235);
  }
  function call_component(m$236, core$237, values$238) {
    {
      let component$239 = values$238[0];
      if (!host.isTrue(p$component_value$q(component$239))) {
        return fail(m$236, p$fault("call/not-callable", { found: component$239 }, core$237.span));
      } else {
        {
          let props$240 = gather_props(core$237.props, values$238, core$237.span);
          if (host.isTrue(p$raised$q(props$240))) {
            return fail(m$236, props$240.error);
          } else {
            return enter_component(m$236, component$239, props$240, p$list_from(values$238, (core$237.props.length + 1)), core$237);
          }
        }
      }
    }
  }
  function gather_props(named$241, values$242, span$243) {
    {
      let props$244 = {  };
      {
        let i$245 = 0;
        loop246: while (true) {
          if (p$$e(i$245, named$241.length)) {
            return props$244;
          } else {
            {
              let name$247 = named$241[i$245].name;
              let value$248 = values$242[(i$245 + 1)];
              if (!(name$247 == null)) {
                p$dict_set$x(props$244, name$247, value$248);
                i$245 = (i$245 + 1);
                continue loop246;
              } else {
                if (p$dict$q(value$248)) {
                  p$for_each(((key$249) => {
                    return p$dict_set$x(props$244, key$249, p$get(value$248, key$249));
                  }), p$keys(value$248));
                  i$245 = (i$245 + 1);
                  continue loop246;
                } else {
                  if ((value$248 == null)) {
                    i$245 = (i$245 + 1);
                    continue loop246;
                  } else {
                    return p$raised(p$fault("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value$248 }, span$243));
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function enter_component(m$250, component$251, props$252, children$253, core$254) {
    {
      let definition$255 = component$251.definition;
      let span$256;
      if ((core$254 == null)) {
        span$256 = null;
      } else {
        span$256 = core$254.span;
      }
      {
        let shape$257 = definition$255.shape;
        {
          let wrong$258 = refuse_props(definition$255, shape$257, props$252, children$253, span$256);
          if (!(wrong$258 == null)) {
            return fail(m$250, wrong$258);
          } else {
            if ((!(core$254 == null) && host.isTrue(p$leaves$q(m$250, definition$255)))) {
              return settle(m$250, leave_call(definition$255, shape$257, props$252, children$253, span$256));
            } else {
              push(m$250, "component", core$254, null, definition$255);
              {
                let depth$259 = (m$250.depth + 1);
                if ((depth$259 > deepest)) {
                  pop(m$250, m$250.next);
                  return fail(m$250, p$fault("stack/too-deep", { limit: deepest }, span$256));
                } else {
                  (m$250.depth = depth$259);
                  push(m$250, "prop", core$254, bind_given(shape$257, props$252, children$253), { definition: definition$255, props: props$252 });
                  return next_prop(m$250, m$250.next);
                }
              }
            }
          }
        }
      }
    }
  }
  function leave_call(definition$260, shape$261, props$262, children$263, span$264) {
    {
      let component$265 = definition$260.name;
      {
        let wrong$266 = p$first(p$filter(((error$267) => {
          return !(error$267 == null);
        }), p$map(((prop$268) => {
          return prop_error(prop$268, props$262, component$265, span$264);
        }), shape$261.props)));
        if ((wrong$266 == null)) {
          return p$make_markup([p$make_call(component$265, in_declared_order(shape$261, props$262), children$263)]);
        } else {
          return p$raised(wrong$266);
        }
      }
    }
  }
  function in_declared_order(shape$269, props$270) {
    {
      let ordered$271 = {  };
      p$for_each(((slot$272) => {
        if (p$has_key$q(props$270, slot$272.name)) {
          return p$dict_set$x(ordered$271, slot$272.name, p$get(props$270, slot$272.name));
        } else {
          return null;
        }
      }), p$concat(shape$269.props, shape$269.env));
      p$for_each(((name$273) => {
        return p$dict_set$x(ordered$271, name$273, p$get(props$270, name$273));
      }), p$keys(props$270));
      return ordered$271;
    }
  }
  function prop_error(prop$274, props$275, component$276, span$277) {
    {
      let name$278 = prop$274.name;
      {
        let value$279 = p$get(props$275, name$278);
        if ((!p$has_key$q(props$275, name$278) && (host.isTrue(prop$274.required) && (prop$274.fallback == null)))) {
          return p$fault("component/missing-prop", { prop: name$278, component: component$276 }, span$277);
        } else {
          if ((!(prop$274.type == null) && (!(value$279 == null) && !host.isTrue(p$has_type$q(value$279, prop$274.type))))) {
            return p$fault("component/prop-type", { prop: name$278, component: component$276, expected: prop$274.type, found: value$279 }, span$277);
          } else {
            return null;
          }
        }
      }
    }
  }
  function bind_given(shape$280, props$281, children$282) {
    {
      let env$283 = p$reduce(((env$284, slot$285) => {
        return p$make_binding(slot$285.local, p$get(props$281, slot$285.name), env$284);
      }), null, shape$280.env);
      {
        let env$286;
        if ((shape$280.attrs == null)) {
          env$286 = env$283;
        } else {
          env$286 = p$make_binding(shape$280.attrs, undeclared(shape$280, props$281), env$283);
        }
        if ((shape$280.children == null)) {
          return env$286;
        } else {
          return p$make_binding(shape$280.children, children$282, env$286);
        }
      }
    }
  }
  function undeclared(shape$287, props$288) {
    {
      let others$289 = {  };
      p$for_each(((name$290) => {
        if (!host.isTrue(declared$q(shape$287, name$290))) {
          return p$dict_set$x(others$289, name$290, p$get(props$288, name$290));
        } else {
          return null;
        }
      }), p$keys(props$288));
      return others$289;
    }
  }
  function declared$q(shape$291, name$292) {
    let or$294;
    return (or$294 = p$some(((prop$293) => {
      return p$$e(prop$293.name, name$292);
    }), shape$291.props), ((or$294 !== false && or$294 != null) ? or$294 : p$some(((slot$295) => {
      return p$$e(slot$295.name, name$292);
    }), shape$291.env)));
  }
  function refuse_props(definition$296, shape$297, props$298, children$299, span$300) {
    {
      let component$301 = definition$296.name;
      {
        let missing$302 = p$first(p$filter(((slot$303) => {
          return !p$has_key$q(props$298, slot$303.name);
        }), shape$297.env));
        let unknown$304;
        if ((shape$297.attrs == null)) {
          unknown$304 = p$first(p$filter(((name$305) => {
            return !host.isTrue(declared$q(shape$297, name$305));
          }), p$keys(props$298)));
        } else {
          unknown$304 = null;
        }
        if (!(missing$302 == null)) {
          return p$fault("component/missing-env", { name: missing$302.name, component: component$301 }, span$300);
        } else {
          if (!(unknown$304 == null)) {
            return p$fault("component/unknown-prop", { prop: unknown$304, component: component$301, suggestion: null }, span$300);
          } else {
            if (((shape$297.children == null) && (children$299.length > 0))) {
              return p$fault("component/unknown-prop", { prop: "children", component: component$301, suggestion: null }, span$300);
            } else {
              return null;
            }
          }
        }
      }
    }
  }
  function next_prop(m$306, frame$307) {
    {
      let declared$308 = frame$307.values.definition.shape.props;
      let i$309 = frame$307.index;
      if (p$$e(i$309, declared$308.length)) {
        pop(m$306, frame$307);
        return go(m$306, body_of(frame$307.values.definition), frame$307.env);
      } else {
        return offer_prop(m$306, frame$307, declared$308[i$309]);
      }
    }
  }
  function offer_prop(m$310, frame$311, prop$312) {
    {
      let props$313 = frame$311.values.props;
      let name$314 = prop$312.name;
      if (p$has_key$q(props$313, name$314)) {
        return keep_prop(m$310, frame$311, p$get(props$313, name$314));
      } else {
        if (!(prop$312.fallback == null)) {
          return go(m$310, prop$312.fallback, frame$311.env);
        } else {
          if (host.isTrue(prop$312.required)) {
            return fail_prop(m$310, frame$311, "component/missing-prop", { prop: name$314, component: frame$311.values.definition.name });
          } else {
            return keep_prop(m$310, frame$311, null);
          }
        }
      }
    }
  }
  function keep_prop(m$315, frame$316, value$317) {
    {
      let prop$318 = frame$316.values.definition.shape.props[frame$316.index];
      if ((!(prop$318.type == null) && (!(value$317 == null) && !host.isTrue(p$has_type$q(value$317, prop$318.type))))) {
        return fail_prop(m$315, frame$316, "component/prop-type", { prop: prop$318.name, component: frame$316.values.definition.name, expected: prop$318.type, found: value$317 });
      } else {
        (frame$316.env = p$make_binding(prop$318.local, value$317, frame$316.env));
        (frame$316.index = (frame$316.index + 1));
        return next_prop(m$315, enter(m$315, frame$316));
      }
    }
  }
  function fail_prop(m$319, frame$320, kind$321, details$322) {
    return fail(m$319, p$fault(kind$321, details$322, ((frame$320.core == null) ? null : frame$320.core.span)));
  }
  function body_of(definition$323) {
    let or$324, body$325;
    return (or$324 = definition$323.fragment, ((or$324 !== false && or$324 != null) ? or$324 : (body$325 = definition$323.core.body, (definition$323.fragment = { kind: "fragment", span: body$325.span, children: [body$325] }))));
  }
  function apply_native(m$326, name$327, args$328) {
    {
      let wanted$329 = p$get(native_arity, name$327);
      if ((!(wanted$329 == null) && !p$$e(wanted$329, args$328.length))) {
        return fail(m$326, wrong_count(name$327, wanted$329, null, args$328.length, call_span(m$326)));
      } else {
        if (((m$326.next.depth >= deepest) && host.isTrue(waits$q(name$327)))) {
          return fail(m$326, p$fault("stack/too-deep", { limit: deepest }, call_span(m$326)));
        } else {
          {
            let case_value$330 = name$327;
            if ((case_value$330 === "apply")) {
              return spread_call(m$326, args$328);
            } else {
              if ((case_value$330 === "raise")) {
                return fail(m$326, p$raise_value(args$328[0], call_span(m$326)));
              } else {
                if ((case_value$330 === "raise-continuable")) {
                  return signal(m$326, args$328[0]);
                } else {
                  if ((case_value$330 === "with-handler")) {
                    push_native(m$326, "handler", null, args$328[0]);
                    return call(m$326, args$328[1], [], m$326.core);
                  } else {
                    if ((case_value$330 === "call/cc")) {
                      return call_with_continuation(m$326, args$328[0]);
                    } else {
                      if ((case_value$330 === "suspense")) {
                        return suspend(m$326, args$328);
                      } else {
                        if ((case_value$330 === "print")) {
                          return settle(m$326, p$attempt((() => {
                            return p$print_values(m$326, args$328);
                          }), call_span(m$326)));
                        } else {
                          if ((case_value$330 === "reduce")) {
                            return walk(m$326, name$327, args$328[0], args$328[2], args$328[1]);
                          } else {
                            if ((case_value$330 === "map")) {
                              return walk(m$326, name$327, args$328[0], args$328[1], []);
                            } else {
                              if ((case_value$330 === "map-indexed")) {
                                return walk(m$326, name$327, args$328[0], args$328[1], []);
                              } else {
                                if ((case_value$330 === "filter")) {
                                  return walk(m$326, name$327, args$328[0], args$328[1], []);
                                } else {
                                  if ((case_value$330 === "every?")) {
                                    return walk(m$326, name$327, args$328[0], args$328[1], true);
                                  } else {
                                    return walk(m$326, name$327, args$328[0], args$328[1], null);
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
  function native_name$q(name$331) {
    let or$332;
    return (or$332 = p$has_key$q(native_arity, name$331), ((or$332 !== false && or$332 != null) ? or$332 : (name$331 === "print")));
  }
  function waits$q(name$333) {
    return !p$contains$q(["apply", "raise", "call/cc", "suspense", "print"], name$333);
  }
  function spread_call(m$334, args$335) {
    {
      let items$336 = sequence(args$335[1]);
      if ((items$336 == null)) {
        return fail(m$334, not_a_list("apply", args$335[1], call_span(m$334)));
      } else {
        return call(m$334, args$335[0], items$336, m$334.core);
      }
    }
  }
  function sequence(value$337) {
    if (p$list$q(value$337)) {
      return value$337;
    } else {
      if ((value$337 == null)) {
        return [];
      } else {
        return null;
      }
    }
  }
  function not_a_list(name$338, found$339, span$340) {
    return p$fault("call/type", { primitive: name$338, argument: "its list", expected: "a list", found: found$339 }, span$340);
  }
  function walk(m$341, name$342, f$343, items$344, so_far$345) {
    {
      let found$346 = sequence(items$344);
      if ((found$346 == null)) {
        return fail(m$341, not_a_list(name$342, items$344, call_span(m$341)));
      } else {
        push_native(m$341, "map", name$342, [f$343, found$346, so_far$345, null]);
        return next_item(m$341, m$341.next);
      }
    }
  }
  function next_item(m$347, frame$348) {
    let case_value$353;
    {
      let f$349 = frame$348.values[0];
      let items$350 = frame$348.values[1];
      let so_far$351 = frame$348.values[2];
      let i$352 = frame$348.index;
      if ((i$352 < items$350.length)) {
        return call(m$347, f$349, (case_value$353 = frame$348.env, ((case_value$353 === "map-indexed") ? [i$352, items$350[i$352]] : ((case_value$353 === "reduce") ? [so_far$351, items$350[i$352]] : [p$set_nth$x(frame$348.values, 3, items$350[i$352])]))), frame$348.core);
      } else {
        pop(m$347, frame$348);
        return give(m$347, ((frame$348.env === "for-each") ? null : so_far$351));
      }
    }
  }
  function return_map(m$354, frame$355, value$356) {
    {
      let values$357 = frame$355.values;
      let i$358 = frame$355.index;
      (m$354.depth = frame$355.depth);
      (frame$355.index = (i$358 + 1));
      {
        let case_value$359 = frame$355.env;
        if ((case_value$359 === "map")) {
          values$357[2].push(value$356);
          return next_item(m$354, frame$355);
        } else {
          if ((case_value$359 === "map-indexed")) {
            values$357[2].push(value$356);
            return next_item(m$354, frame$355);
          } else {
            if ((case_value$359 === "filter")) {
              if ((value$356 !== false && value$356 != null)) {
                values$357[2].push(values$357[3]);
              } else {
                null;
              }
              return next_item(m$354, frame$355);
            } else {
              if ((case_value$359 === "reduce")) {
                p$set_nth$x(values$357, 2, value$356);
                return next_item(m$354, frame$355);
              } else {
                if ((case_value$359 === "some")) {
                  if ((value$356 !== false && value$356 != null)) {
                    pop(m$354, frame$355);
                    return give(m$354, value$356);
                  } else {
                    return next_item(m$354, frame$355);
                  }
                } else {
                  if ((case_value$359 === "every?")) {
                    if ((value$356 !== false && value$356 != null)) {
                      return next_item(m$354, frame$355);
                    } else {
                      pop(m$354, frame$355);
                      return give(m$354, false);
                    }
                  } else {
                    return next_item(m$354, frame$355);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function step_raise(m$360, frame$361, error$362) {
    {
      let case_value$363 = frame$361.kind;
      if ((case_value$363 === "try")) {
        return leave_try(m$360, frame$361, error$362);
      } else {
        if ((case_value$363 === "component")) {
          p$note_component(error$362, frame$361.values.name);
          return pop(m$360, frame$361);
        } else {
          if ((case_value$363 === "root")) {
            (m$360.mode = "done");
            return (m$360.value = p$raised(error$362));
          } else {
            return pop(m$360, frame$361);
          }
        }
      }
    }
  }
  function leave_try(m$364, frame$365, error$366) {
    {
      let core$367 = frame$365.core;
      pop(m$364, frame$365);
      if ((frame$365.values === "body")) {
        {
          let env$368 = p$make_binding(core$367.caught, p$caught(error$366), frame$365.env);
          if (!(core$367.cleanup == null)) {
            push(m$364, "try", core$367, frame$365.env, "cleanup");
          } else {
            null;
          }
          return go(m$364, core$367.handler, env$368);
        }
      } else {
        return run_cleanup(m$364, core$367, frame$365.env, p$raised(error$366));
      }
    }
  }
  function return_try(m$369, frame$370, value$371) {
    pop(m$369, frame$370);
    if ((frame$370.core.cleanup == null)) {
      return give(m$369, value$371);
    } else {
      return run_cleanup(m$369, frame$370.core, frame$370.env, value$371);
    }
  }
  function run_cleanup(m$372, core$373, env$374, outcome$375) {
    push(m$372, "cleanup", core$373, env$374, outcome$375);
    return go(m$372, core$373.cleanup, env$374);
  }
  function return_cleanup(m$376, frame$377) {
    pop(m$376, frame$377);
    return settle(m$376, frame$377.values);
  }
  function signal(m$378, value$379) {
    {
      let handler$380 = nearest_handler(m$378.next);
      if ((handler$380 == null)) {
        return fail(m$378, p$raise_value(value$379, call_span(m$378)));
      } else {
        push_native(m$378, "signal", null, handler$380);
        return call(m$378, handler$380.values, [value$379], m$378.core);
      }
    }
  }
  function nearest_handler(frame$381) {
    loop382: while (true) {
      {
        let case_value$383 = frame$381.kind;
        if ((case_value$383 === "handler")) {
          return frame$381;
        } else {
          if ((case_value$383 === "try")) {
            if ((frame$381.values === "body")) {
              return null;
            } else {
              frame$381 = frame$381.next;
              continue loop382;
            }
          } else {
            if ((case_value$383 === "signal")) {
              frame$381 = frame$381.values.next;
              continue loop382;
            } else {
              if ((case_value$383 === "root")) {
                return null;
              } else {
                frame$381 = frame$381.next;
                continue loop382;
              }
            }
          }
        }
      }
    }
  }
  function keep_provided(m$384, frame$385, value$386) {
    (frame$385.kind = "provide");
    (frame$385.values = [frame$385.values, value$386]);
    enter(m$384, frame$385);
    return go(m$384, frame$385.core.body, frame$385.env);
  }
  function return_context(m$387, frame$388, key$389) {
    {
      let found$390 = provided(frame$388.next, key$389);
      let core$391 = frame$388.core;
      pop(m$387, frame$388);
      if (!(found$390 == null)) {
        return give(m$387, found$390.values[1]);
      } else {
        if (!(core$391.fallback == null)) {
          return go(m$387, core$391.fallback, frame$388.env);
        } else {
          return fail(m$387, p$fault("context/missing", { key: key$389 }, core$391.span));
        }
      }
    }
  }
  function provided(frame$392, key$393) {
    loop394: while (true) {
      if ((frame$392.kind === "root")) {
        return null;
      } else {
        if (((frame$392.kind === "provide") && host.isTrue(equal_values(frame$392.values[0], key$393)))) {
          return frame$392;
        } else {
          frame$392 = frame$392.next;
          continue loop394;
        }
      }
    }
  }
  function equal_values(a$395, b$396) {
    return p$$e(a$395, b$396);
  }
  function return_capture(m$397, frame$398, tag$399) {
    {
      let core$400 = frame$398.core;
      let around$401 = nearest_prompt(frame$398.next, tag$399);
      if ((around$401 == null)) {
        return fail(m$397, p$fault("control/no-prompt", { tag: tag$399 }, core$400.span));
      } else {
        {
          let continuation$402 = p$make_continuation(copy_frames(frame$398.next, around$401));
          pop(m$397, around$401);
          return go(m$397, core$400.body, p$make_binding(core$400.local, continuation$402, frame$398.env));
        }
      }
    }
  }
  function nearest_prompt(frame$403, tag$404) {
    loop405: while (true) {
      if ((frame$403.kind === "root")) {
        return null;
      } else {
        if (((frame$403.kind === "prompt") && host.isTrue(equal_values(frame$403.values, tag$404)))) {
          return frame$403;
        } else {
          frame$403 = frame$403.next;
          continue loop405;
        }
      }
    }
  }
  function copy_frames(from$406, to$407) {
    {
      let copies$408 = [];
      {
        let frame$409 = from$406;
        loop410: while (true) {
          copies$408.push(p$copy_frame(frame$409));
          if ((frame$409 === to$407)) {
            return copies$408;
          } else {
            frame$409 = frame$409.next;
            continue loop410;
          }
        }
      }
    }
  }
  function apply_continuation(m$411, continuation$412, args$413) {
    if (!(args$413.length === 1)) {
      return fail(m$411, wrong_count(continuation$412.name, 1, null, args$413.length, call_span(m$411)));
    } else {
      {
        let frames$414 = continuation$412.frames;
        if (host.isTrue(continuation$412.whole)) {
          enter(m$411, (m$411.next = root_of(m$411.next)));
        } else {
          null;
        }
        if (((m$411.depth + continuation_depth(frames$414)) > deepest)) {
          return fail(m$411, p$fault("stack/too-deep", { limit: deepest }, call_span(m$411)));
        } else {
          restore(m$411, frames$414);
          return give(m$411, args$413[0]);
        }
      }
    }
  }
  function restore(m$415, frames$416) {
    if (!p$empty$q(frames$416)) {
      {
        let shift$417 = (m$415.depth - p$last(frames$416).depth);
        {
          let i$418 = (frames$416.length - 1);
          loop419: while (true) {
            if ((i$418 >= 0)) {
              {
                let frame$420 = p$copy_frame(frames$416[i$418]);
                (frame$420.next = m$415.next);
                (frame$420.depth = (frame$420.depth + shift$417));
                (m$415.next = frame$420);
                i$418 = (i$418 - 1);
                continue loop419;
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
  function continuation_depth(frames$421) {
    if (p$empty$q(frames$421)) {
      return 0;
    } else {
      return (p$first(frames$421).depth - p$last(frames$421).depth);
    }
  }
  function root_of(frame$422) {
    loop423: while (true) {
      if ((frame$422.kind === "root")) {
        return frame$422;
      } else {
        frame$422 = frame$422.next;
        continue loop423;
      }
    }
  }
  function call_with_continuation(m$424, f$425) {
    {
      let root$426 = root_of(m$424.next);
      {
        let continuation$427 = p$make_continuation(frames_above(m$424.next, root$426));
        (continuation$427.whole = true);
        return call(m$424, f$425, [continuation$427], m$424.core);
      }
    }
  }
  function frames_above(from$428, root$429) {
    {
      let copies$430 = [];
      {
        let frame$431 = from$428;
        loop432: while (true) {
          if ((frame$431 === root$429)) {
            return copies$430;
          } else {
            copies$430.push(p$copy_frame(frame$431));
            frame$431 = frame$431.next;
            continue loop432;
          }
        }
      }
    }
  }
  function ask(m$433, core$434, operation$435, args$436) {
    {
      let answer$437 = p$ask_host(m$433, operation$435, args$436, core$434.span);
      if (host.isTrue(p$waiting$q(answer$437))) {
        (m$433.mode = "wait");
        return (m$433.value = answer$437);
      } else {
        return settle(m$433, answer$437);
      }
    }
  }
  function resume(m$438, value$439) {
    settle(m$438, value$439);
    return run(m$438);
  }
  function suspend(m$440, args$441) {
    {
      let pending$442 = args$441[1];
      {
        let case_value$443 = p$pending_state(pending$442);
        if ((case_value$443 === "ready")) {
          return call(m$440, args$441[2], [p$pending_value(pending$442)], m$440.core);
        } else {
          if ((case_value$443 === "failed")) {
            return fail(m$440, p$pending_failure(pending$442, call_span(m$440)));
          } else {
            if ((case_value$443 === "waiting")) {
              return open_hole(m$440, args$441[0], pending$442, args$441[2]);
            } else {
              return call(m$440, args$441[2], [pending$442], m$440.core);
            }
          }
        }
      }
    }
  }
  function open_hole(m$444, fallback$445, pending$446, receiver$447) {
    if ((m$444.next.depth >= deepest)) {
      return fail(m$444, p$fault("stack/too-deep", { limit: deepest }, call_span(m$444)));
    } else {
      {
        let id$448 = p$note_hole(m$444, pending$446, { receiver: receiver$447, provided: provided_around(m$444.next), core: m$444.core }, call_span(m$444));
        if (host.isTrue(p$raised$q(id$448))) {
          return fail(m$444, id$448.error);
        } else {
          push_native(m$444, "hole", null, id$448);
          return call(m$444, fallback$445, [], m$444.core);
        }
      }
    }
  }
  function provided_around(frame$449) {
    {
      let found$450 = [];
      {
        let frame$451 = frame$449;
        loop452: while (true) {
          {
            let case_value$453 = frame$451.kind;
            if ((case_value$453 === "root")) {
              return found$450;
            } else {
              if ((case_value$453 === "provide")) {
                found$450.push(frame$451);
                frame$451 = frame$451.next;
                continue loop452;
              } else {
                frame$451 = frame$451.next;
                continue loop452;
              }
            }
          }
        }
      }
    }
  }
  function return_hole(m$454, frame$455, value$456) {
    {
      let nodes$457 = p$attempt((() => {
        return decide_child(value$456);
      }), ((frame$455.core == null) ? null : frame$455.core.span));
      let id$458 = frame$455.values;
      pop(m$454, frame$455);
      if (host.isTrue(p$raised$q(nodes$457))) {
        return fail(m$454, nodes$457.error);
      } else {
        if ((id$458 == null)) {
          return give(m$454, p$make_markup(nodes$457));
        } else {
          return give(m$454, p$make_markup([p$make_hole(id$458, nodes$457)]));
        }
      }
    }
  }
  function start_filling(m$459, hole$460, value$461) {
    (m$459.next = p$make_frame("root", null, null, null, 0, null, 0));
    (m$459.depth = 0);
    {
      let provided$462 = hole$460.provided;
      {
        let i$463 = (provided$462.length - 1);
        loop464: while (true) {
          if ((i$463 >= 0)) {
            {
              let frame$465 = provided$462[i$463];
              push(m$459, "provide", frame$465.core, frame$465.env, frame$465.values);
            }
            i$463 = (i$463 - 1);
            continue loop464;
          } else {
            null;
            break loop464;
          }
        }
      }
    }
    push(m$459, "hole", hole$460.core, null, null);
    return call(m$459, hole$460.receiver, [value$461], hole$460.core);
  }
  function define_all(definitions$466) {
    return p$for_each(((definition$467) => {
      let case_value$469;
      {
        let kind$468 = definition$467.kind;
        return (definition$467.compiled = { ready: !(kind$468 === "value"), value: (case_value$469 = kind$468, ((case_value$469 === "value") ? null : ((case_value$469 === "component") ? p$make_component(definition$467) : p$make_closure(definition$467.core, null)))) });
      }
    }), definitions$466);
  }
  function set_definition(definition$470, value$471) {
    {
      let cell$472 = definition$470.compiled;
      (cell$472.value = value$471);
      return (cell$472.ready = true);
    }
  }
  return {
    "make-machine": make_machine,
    "deepest": deepest,
    "start": start,
    "start-call": start_call,
    "start-component": start_component,
    "run": run,
    "steps": steps,
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
    "rule-for": rule_for,
    "find-rule": find_rule,
    "find-call-rule": find_call_rule,
    "simple-value": simple_value,
    "simple-call": simple_call,
    "function-of": function_of,
    "simple-values": simple_values,
    "step-eval": step_eval,
    "call-directly": call_directly,
    "bind-directly": bind_directly,
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
    "gather": gather,
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
