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
        } else {
          null;
        }
        if ((m$12.mode === "raise")) {
          unwind(m$12);
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
              return null;
            }
          }
        }
      }
    }
  }
  function unwind(m$18) {
    loop19: while (true) {
      if ((m$18.mode === "raise")) {
        step_raise(m$18, m$18.next, m$18.value);
        continue loop19;
      } else {
        return null;
      }
    }
  }
  function go(m$20, core$21, env$22) {
    (m$20.mode = "eval");
    (m$20.core = core$21);
    return (m$20.env = env$22);
  }
  function give(m$23, value$24) {
    (m$23.mode = "return");
    return (m$23.value = value$24);
  }
  function call(m$25, f$26, args$27, core$28) {
    (m$25.mode = "apply");
    (m$25.value = f$26);
    (m$25.args = args$27);
    return (m$25.core = core$28);
  }
  function fail(m$29, error$30) {
    (m$29.mode = "raise");
    return (m$29.value = error$30);
  }
  function go_on(m$31, core$32, env$33) {
    {
      let waiting$34 = m$31.next;
      if ((host.isTrue(decides_pieces$q(waiting$34)) && p$$e(m$31.depth, waiting$34.depth))) {
        (waiting$34.place = core$32);
      } else {
        null;
      }
    }
    return go(m$31, core$32, env$33);
  }
  function settle(m$35, value$36) {
    if (host.isTrue(p$raised$q(value$36))) {
      return fail(m$35, value$36.error);
    } else {
      return give(m$35, value$36);
    }
  }
  function push(m$37, kind$38, core$39, env$40, values$41) {
    return (m$37.next = p$make_frame(kind$38, core$39, env$40, values$41, 0, m$37.next, m$37.depth));
  }
  function push_native(m$42, kind$43, env$44, values$45) {
    {
      let depth$46 = (m$42.next.depth + 1);
      return (m$42.next = p$make_frame(kind$43, m$42.core, env$44, values$45, 0, m$42.next, depth$46));
    }
  }
  function pop(m$47, frame$48) {
    (m$47.next = frame$48.next);
    return (m$47.depth = frame$48.depth);
  }
  function lookup(env$49, local$50) {
    loop51: while (true) {
      if ((env$49.local === local$50)) {
        return env$49;
      } else {
        env$49 = env$49.next;
        continue loop51;
      }
    }
  }
  function read_local(env$52, core$53) {
    {
      let value$54 = lookup(env$52, core$53.local).value;
      if ((value$54 === p$unset())) {
        return uninitialised(core$53.local.name, core$53);
      } else {
        return value$54;
      }
    }
  }
  function read_definition(core$55) {
    {
      let cell$56 = core$55.definition.compiled;
      if (host.isTrue(cell$56.ready)) {
        return cell$56.value;
      } else {
        return uninitialised(core$55.definition.name, core$55);
      }
    }
  }
  function uninitialised(name$57, core$58) {
    return p$raise_error(p$fault("name/uninitialised", { name: name$57 }, core$58.span));
  }
  function simple$q(core$59) {
    return (rule_for(core$59) === "simple");
  }
  function rule_for(core$60) {
    {
      let known$61 = core$60.rule;
      if ((known$61 == null)) {
        return (core$60.rule = find_rule(core$60));
      } else {
        return known$61;
      }
    }
  }
  function find_rule(core$62) {
    {
      let case_value$63 = core$62.kind;
      if ((case_value$63 === "const")) {
        return "simple";
      } else {
        if ((case_value$63 === "local")) {
          return "simple";
        } else {
          if ((case_value$63 === "definition")) {
            return "simple";
          } else {
            if ((case_value$63 === "primitive")) {
              return "simple";
            } else {
              if ((case_value$63 === "fn")) {
                return "simple";
              } else {
                if ((case_value$63 === "call")) {
                  return find_call_rule(core$62.callee, p$every$q(simple$q, core$62.args));
                } else {
                  if ((case_value$63 === "if")) {
                    if (host.isTrue(simple$q(core$62.test))) {
                      return "direct-if";
                    } else {
                      return "if";
                    }
                  } else {
                    if ((case_value$63 === "let")) {
                      if (host.isTrue(p$every$q(((binding$64) => {
                        return simple$q(binding$64.value);
                      }), core$62.bindings))) {
                        return "direct-let";
                      } else {
                        return "let";
                      }
                    } else {
                      return core$62.kind;
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
  function find_call_rule(callee$65, simple$66) {
    let and$68;
    {
      let primitive$67;
      primitive$67 = (and$68 = (callee$65.kind === "primitive"), ((and$68 !== false && and$68 != null) ? !host.isTrue(native_name$q(callee$65.name)) : and$68));
      if (((primitive$67 !== false && primitive$67 != null) && (simple$66 !== false && simple$66 != null))) {
        return "simple";
      } else {
        if ((primitive$67 !== false && primitive$67 != null)) {
          return "primitive-call";
        } else {
          if (((simple$66 !== false && simple$66 != null) && host.isTrue(simple$q(callee$65)))) {
            return "direct-call";
          } else {
            return "call";
          }
        }
      }
    }
  }
  function simple_value(m$69, core$70, env$71) {
    {
      let case_value$72 = core$70.kind;
      if ((case_value$72 === "local")) {
        return read_local(env$71, core$70);
      } else {
        if ((case_value$72 === "const")) {
          return p$copy_literal(core$70.value);
        } else {
          if ((case_value$72 === "call")) {
            return simple_call(m$69, core$70, env$71);
          } else {
            if ((case_value$72 === "definition")) {
              return read_definition(core$70);
            } else {
              if ((case_value$72 === "primitive")) {
                return p$primitive_value(m$69, core$70.name);
              } else {
                return p$make_closure(core$70, env$71);
              }
            }
          }
        }
      }
    }
  }
  function simple_call(m$73, core$74, env$75) {
    {
      let f$76 = function_of(m$73, core$74.callee);
      let args$77 = core$74.args;
      if ((args$77.length === 2)) {
        return p$call_with_two(f$76, simple_value(m$73, args$77[0], env$75), simple_value(m$73, args$77[1], env$75), core$74.span);
      } else {
        return p$call_primitive(f$76, simple_values(m$73, args$77, env$75), core$74.span);
      }
    }
  }
  function function_of(m$78, callee$79) {
    {
      let known$80 = callee$79.function;
      if ((known$80 == null)) {
        return (callee$79.function = p$primitive_function(m$78, callee$79.name));
      } else {
        return known$80;
      }
    }
  }
  function simple_values(m$81, cores$82, env$83) {
    {
      let case_value$84 = cores$82.length;
      if ((case_value$84 === 1)) {
        return [simple_value(m$81, cores$82[0], env$83)];
      } else {
        if ((case_value$84 === 2)) {
          return [simple_value(m$81, cores$82[0], env$83), simple_value(m$81, cores$82[1], env$83)];
        } else {
          return p$map(((core$85) => {
            return simple_value(m$81, core$85, env$83);
          }), cores$82);
        }
      }
    }
  }
  function step_eval(m$86, core$87, env$88) {
    {
      let case_value$89 = rule_for(core$87);
      if ((case_value$89 === "simple")) {
        return give(m$86, simple_value(m$86, core$87, env$88));
      } else {
        if ((case_value$89 === "direct-call")) {
          return call_directly(m$86, core$87, env$88);
        } else {
          if ((case_value$89 === "direct-if")) {
            return choose(m$86, core$87, env$88, simple_value(m$86, core$87.test, env$88));
          } else {
            if ((case_value$89 === "direct-let")) {
              return go_on(m$86, core$87.body, bind_directly(m$86, core$87.bindings, env$88));
            } else {
              if ((case_value$89 === "primitive-call")) {
                return gather(m$86, "primitive-call", core$87, env$88);
              } else {
                if ((case_value$89 === "call")) {
                  return gather(m$86, "call", core$87, env$88);
                } else {
                  if ((case_value$89 === "let")) {
                    push(m$86, "let", core$87, env$88, null);
                    return next_binding(m$86, m$86.next);
                  } else {
                    if ((case_value$89 === "do")) {
                      push(m$86, "do", core$87, env$88, null);
                      return next_form(m$86, m$86.next);
                    } else {
                      if ((case_value$89 === "if")) {
                        push(m$86, "if", core$87, env$88, null);
                        return go(m$86, core$87.test, env$88);
                      } else {
                        if ((case_value$89 === "letrec")) {
                          return eval_letrec(m$86, core$87, env$88);
                        } else {
                          if ((case_value$89 === "dict")) {
                            return gather(m$86, "dict", core$87, env$88);
                          } else {
                            if ((case_value$89 === "set")) {
                              push(m$86, "set", core$87, env$88, null);
                              return go(m$86, core$87.value, env$88);
                            } else {
                              if ((case_value$89 === "component-call")) {
                                return gather(m$86, "component-call", core$87, env$88);
                              } else {
                                if ((case_value$89 === "element")) {
                                  return gather(m$86, "element", core$87, env$88);
                                } else {
                                  if ((case_value$89 === "fragment")) {
                                    return gather(m$86, "fragment", core$87, env$88);
                                  } else {
                                    if ((case_value$89 === "try")) {
                                      return eval_try(m$86, core$87, env$88);
                                    } else {
                                      if ((case_value$89 === "provide")) {
                                        push(m$86, "provide-key", core$87, env$88, null);
                                        return go(m$86, core$87.key, env$88);
                                      } else {
                                        if ((case_value$89 === "context")) {
                                          push(m$86, "context", core$87, env$88, null);
                                          return go(m$86, core$87.key, env$88);
                                        } else {
                                          if ((case_value$89 === "prompt")) {
                                            push(m$86, "prompt-tag", core$87, env$88, null);
                                            return go(m$86, core$87.tag, env$88);
                                          } else {
                                            if ((case_value$89 === "capture")) {
                                              push(m$86, "capture", core$87, env$88, null);
                                              return go(m$86, core$87.tag, env$88);
                                            } else {
                                              if ((case_value$89 === "perform")) {
                                                return gather(m$86, "perform", core$87, env$88);
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
  function call_directly(m$90, core$91, env$92) {
    {
      let f$93 = simple_value(m$90, core$91.callee, env$92);
      (m$90.core = core$91);
      return step_apply(m$90, f$93, simple_values(m$90, core$91.args, env$92));
    }
  }
  function bind_directly(m$94, bindings$95, env$96) {
    return p$reduce(((env$97, binding$98) => {
      return p$make_binding(binding$98.local, simple_value(m$94, binding$98.value, env$97), env$97);
    }), env$96, bindings$95);
  }
  function choose(m$99, core$100, env$101, value$102) {
    return go_on(m$99, ((value$102 !== false && value$102 != null) ? core$100.yes : core$100.no), env$101);
  }
  function eval_letrec(m$103, core$104, env$105) {
    {
      let inner$106 = p$reduce(((env$107, binding$108) => {
        return p$make_binding(binding$108.local, p$unset(), env$107);
      }), env$105, core$104.bindings);
      push(m$103, "letrec", core$104, inner$106, null);
      return next_recursive(m$103, m$103.next);
    }
  }
  function eval_try(m$109, core$110, env$111) {
    push(m$109, "try", core$110, env$111, ((core$110.handler == null) ? "cleanup" : "body"));
    return go(m$109, core$110.body, env$111);
  }
  function step_return(m$112, frame$113, value$114) {
    {
      let case_value$115 = frame$113.kind;
      if ((case_value$115 === "primitive-call")) {
        return keep_value(m$112, frame$113, value$114);
      } else {
        if ((case_value$115 === "call")) {
          return keep_value(m$112, frame$113, value$114);
        } else {
          if ((case_value$115 === "if")) {
            pop(m$112, frame$113);
            return choose(m$112, frame$113.core, frame$113.env, value$114);
          } else {
            if ((case_value$115 === "let")) {
              return bind_value(m$112, frame$113, value$114);
            } else {
              if ((case_value$115 === "do")) {
                return next_form(m$112, enter(m$112, frame$113));
              } else {
                if ((case_value$115 === "component")) {
                  pop(m$112, frame$113);
                  return give(m$112, value$114);
                } else {
                  if ((case_value$115 === "element")) {
                    return keep_piece(m$112, frame$113, value$114);
                  } else {
                    if ((case_value$115 === "fragment")) {
                      return keep_child(m$112, frame$113, value$114);
                    } else {
                      if ((case_value$115 === "component-call")) {
                        return keep_value(m$112, frame$113, value$114);
                      } else {
                        if ((case_value$115 === "prop")) {
                          return keep_prop(m$112, frame$113, value$114);
                        } else {
                          if ((case_value$115 === "letrec")) {
                            set_recursive(frame$113, value$114);
                            return next_recursive(m$112, enter(m$112, frame$113));
                          } else {
                            if ((case_value$115 === "dict")) {
                              return keep_value(m$112, frame$113, value$114);
                            } else {
                              if ((case_value$115 === "set")) {
                                return return_set(m$112, frame$113, value$114);
                              } else {
                                if ((case_value$115 === "map")) {
                                  return return_map(m$112, frame$113, value$114);
                                } else {
                                  if ((case_value$115 === "try")) {
                                    return return_try(m$112, frame$113, value$114);
                                  } else {
                                    if ((case_value$115 === "cleanup")) {
                                      return return_cleanup(m$112, frame$113);
                                    } else {
                                      if ((case_value$115 === "provide-key")) {
                                        (frame$113.kind = "provide-value");
                                        (frame$113.values = value$114);
                                        enter(m$112, frame$113);
                                        return go(m$112, frame$113.core.value, frame$113.env);
                                      } else {
                                        if ((case_value$115 === "provide-value")) {
                                          return keep_provided(m$112, frame$113, value$114);
                                        } else {
                                          if ((case_value$115 === "provide")) {
                                            pop(m$112, frame$113);
                                            return give(m$112, value$114);
                                          } else {
                                            if ((case_value$115 === "context")) {
                                              return return_context(m$112, frame$113, value$114);
                                            } else {
                                              if ((case_value$115 === "prompt-tag")) {
                                                (frame$113.kind = "prompt");
                                                (frame$113.values = value$114);
                                                enter(m$112, frame$113);
                                                return go(m$112, frame$113.core.body, frame$113.env);
                                              } else {
                                                if ((case_value$115 === "prompt")) {
                                                  pop(m$112, frame$113);
                                                  return give(m$112, value$114);
                                                } else {
                                                  if ((case_value$115 === "capture")) {
                                                    return return_capture(m$112, frame$113, value$114);
                                                  } else {
                                                    if ((case_value$115 === "perform")) {
                                                      return keep_value(m$112, frame$113, value$114);
                                                    } else {
                                                      if ((case_value$115 === "handler")) {
                                                        pop(m$112, frame$113);
                                                        return give(m$112, value$114);
                                                      } else {
                                                        if ((case_value$115 === "signal")) {
                                                          pop(m$112, frame$113);
                                                          return give(m$112, value$114);
                                                        } else {
                                                          if ((case_value$115 === "hole")) {
                                                            return return_hole(m$112, frame$113, value$114);
                                                          } else {
                                                            if ((case_value$115 === "root")) {
                                                              return (m$112.mode = "done");
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
  function enter(m$116, frame$117) {
    (m$116.depth = frame$117.depth);
    return frame$117;
  }
  function next_form(m$118, frame$119) {
    {
      let forms$120 = frame$119.core.forms;
      let i$121 = frame$119.index;
      if (p$$e(i$121, (forms$120.length - 1))) {
        pop(m$118, frame$119);
        return go_on(m$118, forms$120[i$121], frame$119.env);
      } else {
        (frame$119.index = (i$121 + 1));
        return go(m$118, forms$120[i$121], frame$119.env);
      }
    }
  }
  function next_binding(m$122, frame$123) {
    {
      let bindings$124 = frame$123.core.bindings;
      let i$125 = frame$123.index;
      if (p$$e(i$125, bindings$124.length)) {
        pop(m$122, frame$123);
        return go_on(m$122, frame$123.core.body, frame$123.env);
      } else {
        return go(m$122, bindings$124[i$125].value, frame$123.env);
      }
    }
  }
  function bind_value(m$126, frame$127, value$128) {
    {
      let i$129 = frame$127.index;
      (frame$127.env = p$make_binding(frame$127.core.bindings[i$129].local, value$128, frame$127.env));
      (frame$127.index = (i$129 + 1));
      return next_binding(m$126, enter(m$126, frame$127));
    }
  }
  function next_recursive(m$130, frame$131) {
    {
      let bindings$132 = frame$131.core.bindings;
      let i$133 = frame$131.index;
      if (p$$e(i$133, bindings$132.length)) {
        pop(m$130, frame$131);
        return go(m$130, frame$131.core.body, frame$131.env);
      } else {
        return go(m$130, bindings$132[i$133].value, frame$131.env);
      }
    }
  }
  function set_recursive(frame$134, value$135) {
    {
      let i$136 = frame$134.index;
      (lookup(frame$134.env, frame$134.core.bindings[i$136].local).value = value$135);
      return (frame$134.index = (i$136 + 1));
    }
  }
  function return_set(m$137, frame$138, value$139) {
    {
      let target$140 = frame$138.core.target;
      pop(m$137, frame$138);
      if (host.isTrue(p$definition$q(target$140))) {
        (target$140.compiled.value = value$139);
      } else {
        (lookup(frame$138.env, target$140).value = value$139);
      }
      return give(m$137, value$139);
    }
  }
  function gather(m$141, kind$142, core$143, env$144) {
    push(m$141, kind$142, core$143, env$144, []);
    return next_value(m$141, m$141.next);
  }
  function part(frame$145) {
    {
      let core$146 = frame$145.core;
      let i$147 = frame$145.index;
      {
        let case_value$148 = frame$145.kind;
        if ((case_value$148 === "primitive-call")) {
          return item_or_nil(core$146.args, i$147);
        } else {
          if ((case_value$148 === "call")) {
            if ((i$147 === 0)) {
              return core$146.callee;
            } else {
              return item_or_nil(core$146.args, (i$147 - 1));
            }
          } else {
            if ((case_value$148 === "dict")) {
              return item_or_nil(core$146.values, i$147);
            } else {
              if ((case_value$148 === "element")) {
                if ((i$147 < core$146.attributes.length)) {
                  return core$146.attributes[i$147].value;
                } else {
                  return item_or_nil(core$146.children, (i$147 - core$146.attributes.length));
                }
              } else {
                if ((case_value$148 === "fragment")) {
                  return item_or_nil(core$146.children, i$147);
                } else {
                  if ((case_value$148 === "component-call")) {
                    {
                      let props$149 = core$146.props;
                      if ((i$147 === 0)) {
                        return core$146.component;
                      } else {
                        if ((i$147 <= props$149.length)) {
                          return props$149[(i$147 - 1)].value;
                        } else {
                          return item_or_nil(core$146.children, (i$147 - (props$149.length + 1)));
                        }
                      }
                    }
                  } else {
                    if ((case_value$148 === "perform")) {
                      if ((i$147 === 0)) {
                        return core$146.operation;
                      } else {
                        return item_or_nil(core$146.args, (i$147 - 1));
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
  function item_or_nil(items$150, i$151) {
    if ((i$151 < items$150.length)) {
      return items$150[i$151];
    } else {
      return null;
    }
  }
  function next_value(m$152, frame$153) {
    {
      loop154: while (true) {
        {
          let form$155 = part(frame$153);
          if ((form$155 == null)) {
            return finish(m$152, frame$153);
          } else {
            if (!host.isTrue(simple$q(form$155))) {
              return go(m$152, form$155, frame$153.env);
            } else {
              if (host.isTrue(decides_pieces$q(frame$153))) {
                return give(m$152, simple_value(m$152, form$155, frame$153.env));
              } else {
                frame$153.values.push(simple_value(m$152, form$155, frame$153.env));
                (frame$153.index = (frame$153.index + 1));
                continue loop154;
              }
            }
          }
        }
      }
    }
  }
  function decides_pieces$q(frame$156) {
    let or$157;
    return (or$157 = (frame$156.kind === "element"), ((or$157 !== false && or$157 != null) ? or$157 : (frame$156.kind === "fragment")));
  }
  function keep_value(m$158, frame$159, value$160) {
    frame$159.values.push(value$160);
    return advance(m$158, frame$159);
  }
  function advance(m$161, frame$162) {
    (frame$162.index = (frame$162.index + 1));
    return next_value(m$161, enter(m$161, frame$162));
  }
  function finish(m$163, frame$164) {
    {
      let core$165 = frame$164.core;
      let values$166 = frame$164.values;
      pop(m$163, frame$164);
      {
        let case_value$167 = frame$164.kind;
        if ((case_value$167 === "primitive-call")) {
          return give(m$163, p$call_primitive(function_of(m$163, core$165.callee), values$166, core$165.span));
        } else {
          if ((case_value$167 === "call")) {
            return call(m$163, values$166[0], p$list_from(values$166, 1), core$165);
          } else {
            if ((case_value$167 === "dict")) {
              return give(m$163, p$make_dict(core$165.keys, values$166));
            } else {
              if ((case_value$167 === "element")) {
                return settle(m$163, finish_element(core$165, values$166));
              } else {
                if ((case_value$167 === "fragment")) {
                  return give(m$163, p$make_markup(p$apply(p$concat, values$166)));
                } else {
                  if ((case_value$167 === "component-call")) {
                    return call_component(m$163, core$165, values$166);
                  } else {
                    if ((case_value$167 === "perform")) {
                      return ask(m$163, core$165, values$166[0], p$list_from(values$166, 1));
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
  function keep_piece(m$168, frame$169, value$170) {
    {
      let core$171 = frame$169.core;
      let i$172 = frame$169.index;
      if ((i$172 < core$171.attributes.length)) {
        (frame$169.place = null);
        return keep_attribute(m$168, frame$169, core$171, core$171.attributes[i$172], value$170);
      } else {
        if (host.isTrue(text_content$q(core$171.tag))) {
          return keep_value(m$168, frame$169, value$170);
        } else {
          return keep_child(m$168, frame$169, value$170);
        }
      }
    }
  }
  function keep_attribute(m$173, frame$174, core$175, attribute$176, value$177) {
    let or$179;
    if (host.isTrue(spreads$q(core$175))) {
      return keep_spread(m$173, frame$174, core$175, value$177);
    } else {
      {
        let piece$178 = p$attempt((() => {
          return attribute_piece(core$175.tag, attribute$176.name, value$177);
        }), (or$179 = attribute$176.span, ((or$179 !== false && or$179 != null) ? or$179 : core$175.span)));
        if (host.isTrue(p$raised$q(piece$178))) {
          return fail(m$173, piece$178.error);
        } else {
          return keep_value(m$173, frame$174, piece$178);
        }
      }
    }
  }
  function keep_spread(m$180, frame$181, core$182, value$183) {
    {
      let values$184 = frame$181.values;
      values$184.push(value$183);
      if ((values$184.length < core$182.attributes.length)) {
        return advance(m$180, frame$181);
      } else {
        {
          let pieces$185 = p$attempt((() => {
            return decide_attributes(core$182.tag, p$map_indexed(((i$186, each$187) => {
              return [each$187.name, values$184[i$186]];
            }), core$182.attributes));
          }), core$182.span);
          if (host.isTrue(p$raised$q(pieces$185))) {
            return fail(m$180, pieces$185.error);
          } else {
            (frame$181.values = p$cons(pieces$185, p$map(((each$188) => {
              return null;
            }), p$rest(values$184))));
            return advance(m$180, frame$181);
          }
        }
      }
    }
  }
  function attribute_piece(tag$189, name$190, value$191) {
    {
      let decided$192 = decide_attribute(tag$189, name$190, value$191);
      if ((decided$192 == null)) {
        return null;
      } else {
        return [printed_name(name$190), decided$192];
      }
    }
  }
  function text_content$q(tag$193) {
    let or$194;
    return (or$194 = one_of$q(raw_text_tags, tag$193), ((or$194 !== false && or$194 != null) ? or$194 : one_of$q(escapable_text_tags, tag$193)));
  }
  function finish_element(core$195, pieces$196) {
    return p$attempt((() => {
      {
        let n$197 = core$195.attributes.length;
        let tag$198 = core$195.tag;
        return p$make_markup([p$make_element(tag$198, (host.isTrue(spreads$q(core$195)) ? pieces$196[0] : p$filter(((piece$199) => {
          return !(piece$199 == null);
        }), p$take(pieces$196, n$197))), (host.isTrue(text_content$q(tag$198)) ? [decide_text_content(tag$198, p$drop(pieces$196, n$197))] : p$apply(p$concat, p$drop(pieces$196, n$197))))]);
      }
    }), core$195.span);
  }
  function spreads$q(core$200) {
    return p$some(((attribute$201) => {
      return (attribute$201.name == null);
    }), core$200.attributes);
  }
  function keep_child(m$202, frame$203, value$204) {
    let or$207, or$208;
    {
      let core$205 = frame$203.core;
      {
        let piece$206 = p$attempt((() => {
          return decide_child(value$204);
        }), (or$207 = blamed_span(frame$203), ((or$207 !== false && or$207 != null) ? or$207 : (or$208 = part(frame$203).span, ((or$208 !== false && or$208 != null) ? or$208 : core$205.span)))));
        (frame$203.place = null);
        if (host.isTrue(p$raised$q(piece$206))) {
          return fail(m$202, piece$206.error);
        } else {
          return keep_value(m$202, frame$203, piece$206);
        }
      }
    }
  }
  function blamed_span(frame$209) {
    if ((frame$209.place == null)) {
      return null;
    } else {
      return frame$209.place.span;
    }
  }
  function step_apply(m$210, f$211, args$212) {
    if (host.isTrue(p$closure$q(f$211))) {
      return apply_closure(m$210, f$211, args$212);
    } else {
      if (host.isTrue(p$native$q(f$211))) {
        return apply_native(m$210, f$211.name, args$212);
      } else {
        if (host.isTrue(p$host_function$q(f$211))) {
          return settle(m$210, p$call_host(f$211, args$212, call_span(m$210)));
        } else {
          if (host.isTrue(p$continuation$q(f$211))) {
            return apply_continuation(m$210, f$211, args$212);
          } else {
            return fail(m$210, p$fault("call/not-callable", { found: f$211 }, call_span(m$210)));
          }
        }
      }
    }
  }
  function call_span(m$213) {
    if ((m$213.core == null)) {
      return null;
    } else {
      return m$213.core.span;
    }
  }
  function apply_closure(m$214, f$215, args$216) {
    {
      let fn_core$217 = f$215.fn;
      {
        let n$218 = fn_core$217.parameters.length;
        let given$219 = args$216.length;
        if (((given$219 < n$218) || ((given$219 > n$218) && (fn_core$217.rest == null)))) {
          return fail(m$214, wrong_count(fn_core$217.name, n$218, fn_core$217.rest, given$219, call_span(m$214)));
        } else {
          return activate(m$214, fn_core$217.body, bind_arguments(fn_core$217, args$216, f$215.env));
        }
      }
    }
  }
  function activate(m$220, body$221, env$222) {
    {
      let depth$223 = (m$220.next.depth + 1);
      if ((depth$223 > deepest)) {
        return fail(m$220, p$fault("stack/too-deep", { limit: deepest }, call_span(m$220)));
      } else {
        (m$220.depth = depth$223);
        return go(m$220, body$221, env$222);
      }
    }
  }
  function bind_arguments(fn_core$224, args$225, env$226) {
    {
      let parameters$227 = fn_core$224.parameters;
      {
        let i$228 = 0;
        let env$229 = env$226;
        loop230: while (true) {
          if (p$$e(i$228, parameters$227.length)) {
            if ((fn_core$224.rest == null)) {
              return env$229;
            } else {
              return p$make_binding(fn_core$224.rest, p$list_from(args$225, i$228), env$229);
            }
          } else {
            const n$231 = (i$228 + 1);
            const n$232 = p$make_binding(parameters$227[i$228], args$225[i$228], env$229);
            i$228 = n$231;
            env$229 = n$232;
            continue loop230;
          }
        }
      }
    }
  }
  function wrong_count(name$233, n$234, rest_local$235, given$236, span$237) {
    return p$fault("call/arity", { name: name$233, expected: ((rest_local$235 == null) ? p$str(n$234) : p$str("at least ", n$234)), found: given$236 }, span$237);
  }
  function call_component(m$238, core$239, values$240) {
    {
      let component$241 = values$240[0];
      if (!host.isTrue(p$component_value$q(component$241))) {
        return fail(m$238, p$fault("call/not-callable", { found: component$241 }, core$239.span));
      } else {
        {
          let props$242 = gather_props(core$239.props, values$240, core$239.span);
          if (host.isTrue(p$raised$q(props$242))) {
            return fail(m$238, props$242.error);
          } else {
            return enter_component(m$238, component$241, props$242, p$list_from(values$240, (core$239.props.length + 1)), core$239);
          }
        }
      }
    }
  }
  function gather_props(named$243, values$244, span$245) {
    {
      let props$246 = {  };
      {
        let i$247 = 0;
        loop248: while (true) {
          if (p$$e(i$247, named$243.length)) {
            return props$246;
          } else {
            {
              let name$249 = named$243[i$247].name;
              let value$250 = values$244[(i$247 + 1)];
              if (!(name$249 == null)) {
                p$dict_set$x(props$246, name$249, value$250);
                i$247 = (i$247 + 1);
                continue loop248;
              } else {
                if (p$dict$q(value$250)) {
                  p$for_each(((key$251) => {
                    return p$dict_set$x(props$246, key$251, p$get(value$250, key$251));
                  }), p$keys(value$250));
                  i$247 = (i$247 + 1);
                  continue loop248;
                } else {
                  if ((value$250 == null)) {
                    i$247 = (i$247 + 1);
                    continue loop248;
                  } else {
                    return p$raised(p$fault("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value$250 }, span$245));
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function enter_component(m$252, component$253, props$254, children$255, core$256) {
    {
      let definition$257 = component$253.definition;
      let span$258;
      if ((core$256 == null)) {
        span$258 = null;
      } else {
        span$258 = core$256.span;
      }
      {
        let shape$259 = definition$257.shape;
        {
          let wrong$260 = refuse_props(definition$257, shape$259, props$254, children$255, span$258);
          if (!(wrong$260 == null)) {
            return fail(m$252, wrong$260);
          } else {
            if ((!(core$256 == null) && host.isTrue(p$leaves$q(m$252, definition$257)))) {
              return settle(m$252, leave_call(definition$257, shape$259, props$254, children$255, span$258));
            } else {
              push(m$252, "component", core$256, null, definition$257);
              {
                let depth$261 = (m$252.depth + 1);
                if ((depth$261 > deepest)) {
                  pop(m$252, m$252.next);
                  return fail(m$252, p$fault("stack/too-deep", { limit: deepest }, span$258));
                } else {
                  (m$252.depth = depth$261);
                  push(m$252, "prop", core$256, bind_given(shape$259, props$254, children$255), { definition: definition$257, props: props$254 });
                  return next_prop(m$252, m$252.next);
                }
              }
            }
          }
        }
      }
    }
  }
  function leave_call(definition$262, shape$263, props$264, children$265, span$266) {
    {
      let component$267 = definition$262.name;
      {
        let wrong$268 = p$first(p$filter(((error$269) => {
          return !(error$269 == null);
        }), p$map(((prop$270) => {
          return prop_error(prop$270, props$264, component$267, span$266);
        }), shape$263.props)));
        if ((wrong$268 == null)) {
          return p$make_markup([p$make_call(component$267, in_declared_order(shape$263, props$264), children$265)]);
        } else {
          return p$raised(wrong$268);
        }
      }
    }
  }
  function in_declared_order(shape$271, props$272) {
    {
      let ordered$273 = {  };
      p$for_each(((slot$274) => {
        if (p$has_key$q(props$272, slot$274.name)) {
          return p$dict_set$x(ordered$273, slot$274.name, p$get(props$272, slot$274.name));
        } else {
          return null;
        }
      }), p$concat(shape$271.props, shape$271.env));
      p$for_each(((name$275) => {
        return p$dict_set$x(ordered$273, name$275, p$get(props$272, name$275));
      }), p$keys(props$272));
      return ordered$273;
    }
  }
  function prop_error(prop$276, props$277, component$278, span$279) {
    {
      let name$280 = prop$276.name;
      {
        let value$281 = p$get(props$277, name$280);
        if ((!p$has_key$q(props$277, name$280) && (host.isTrue(prop$276.required) && (prop$276.fallback == null)))) {
          return p$fault("component/missing-prop", { prop: name$280, component: component$278 }, span$279);
        } else {
          if ((!(prop$276.type == null) && (!(value$281 == null) && !host.isTrue(p$has_type$q(value$281, prop$276.type))))) {
            return p$fault("component/prop-type", { prop: name$280, component: component$278, expected: prop$276.type, found: value$281 }, span$279);
          } else {
            return null;
          }
        }
      }
    }
  }
  function bind_given(shape$282, props$283, children$284) {
    {
      let env$285 = p$reduce(((env$286, slot$287) => {
        return p$make_binding(slot$287.local, p$get(props$283, slot$287.name), env$286);
      }), null, shape$282.env);
      {
        let env$288;
        if ((shape$282.attrs == null)) {
          env$288 = env$285;
        } else {
          env$288 = p$make_binding(shape$282.attrs, undeclared(shape$282, props$283), env$285);
        }
        if ((shape$282.children == null)) {
          return env$288;
        } else {
          return p$make_binding(shape$282.children, children$284, env$288);
        }
      }
    }
  }
  function undeclared(shape$289, props$290) {
    {
      let others$291 = {  };
      p$for_each(((name$292) => {
        if (!host.isTrue(declared$q(shape$289, name$292))) {
          return p$dict_set$x(others$291, name$292, p$get(props$290, name$292));
        } else {
          return null;
        }
      }), p$keys(props$290));
      return others$291;
    }
  }
  function declared$q(shape$293, name$294) {
    let or$296;
    return (or$296 = p$some(((prop$295) => {
      return p$$e(prop$295.name, name$294);
    }), shape$293.props), ((or$296 !== false && or$296 != null) ? or$296 : p$some(((slot$297) => {
      return p$$e(slot$297.name, name$294);
    }), shape$293.env)));
  }
  function refuse_props(definition$298, shape$299, props$300, children$301, span$302) {
    {
      let component$303 = definition$298.name;
      {
        let missing$304 = p$first(p$filter(((slot$305) => {
          return !p$has_key$q(props$300, slot$305.name);
        }), shape$299.env));
        let unknown$306;
        if ((shape$299.attrs == null)) {
          unknown$306 = p$first(p$filter(((name$307) => {
            return !host.isTrue(declared$q(shape$299, name$307));
          }), p$keys(props$300)));
        } else {
          unknown$306 = null;
        }
        if (!(missing$304 == null)) {
          return p$fault("component/missing-env", { name: missing$304.name, component: component$303 }, span$302);
        } else {
          if (!(unknown$306 == null)) {
            return p$fault("component/unknown-prop", { prop: unknown$306, component: component$303, suggestion: null }, span$302);
          } else {
            if (((shape$299.children == null) && (children$301.length > 0))) {
              return p$fault("component/unknown-prop", { prop: "children", component: component$303, suggestion: null }, span$302);
            } else {
              return null;
            }
          }
        }
      }
    }
  }
  function next_prop(m$308, frame$309) {
    {
      let declared$310 = frame$309.values.definition.shape.props;
      let i$311 = frame$309.index;
      if (p$$e(i$311, declared$310.length)) {
        pop(m$308, frame$309);
        return go(m$308, body_of(frame$309.values.definition), frame$309.env);
      } else {
        return offer_prop(m$308, frame$309, declared$310[i$311]);
      }
    }
  }
  function offer_prop(m$312, frame$313, prop$314) {
    {
      let props$315 = frame$313.values.props;
      let name$316 = prop$314.name;
      if (p$has_key$q(props$315, name$316)) {
        return keep_prop(m$312, frame$313, p$get(props$315, name$316));
      } else {
        if (!(prop$314.fallback == null)) {
          return go(m$312, prop$314.fallback, frame$313.env);
        } else {
          if (host.isTrue(prop$314.required)) {
            return fail_prop(m$312, frame$313, "component/missing-prop", { prop: name$316, component: frame$313.values.definition.name });
          } else {
            return keep_prop(m$312, frame$313, null);
          }
        }
      }
    }
  }
  function keep_prop(m$317, frame$318, value$319) {
    {
      let prop$320 = frame$318.values.definition.shape.props[frame$318.index];
      if ((!(prop$320.type == null) && (!(value$319 == null) && !host.isTrue(p$has_type$q(value$319, prop$320.type))))) {
        return fail_prop(m$317, frame$318, "component/prop-type", { prop: prop$320.name, component: frame$318.values.definition.name, expected: prop$320.type, found: value$319 });
      } else {
        (frame$318.env = p$make_binding(prop$320.local, value$319, frame$318.env));
        (frame$318.index = (frame$318.index + 1));
        return next_prop(m$317, enter(m$317, frame$318));
      }
    }
  }
  function fail_prop(m$321, frame$322, kind$323, details$324) {
    return fail(m$321, p$fault(kind$323, details$324, ((frame$322.core == null) ? null : frame$322.core.span)));
  }
  function body_of(definition$325) {
    let or$326, body$327;
    return (or$326 = definition$325.fragment, ((or$326 !== false && or$326 != null) ? or$326 : (body$327 = definition$325.core.body, (definition$325.fragment = { kind: "fragment", span: body$327.span, children: [body$327] }))));
  }
  function apply_native(m$328, name$329, args$330) {
    {
      let wanted$331 = p$get(native_arity, name$329);
      if ((!(wanted$331 == null) && !p$$e(wanted$331, args$330.length))) {
        return fail(m$328, wrong_count(name$329, wanted$331, null, args$330.length, call_span(m$328)));
      } else {
        if (((m$328.next.depth >= deepest) && host.isTrue(waits$q(name$329)))) {
          return fail(m$328, p$fault("stack/too-deep", { limit: deepest }, call_span(m$328)));
        } else {
          {
            let case_value$332 = name$329;
            if ((case_value$332 === "apply")) {
              return spread_call(m$328, args$330);
            } else {
              if ((case_value$332 === "raise")) {
                return fail(m$328, p$raise_value(args$330[0], call_span(m$328)));
              } else {
                if ((case_value$332 === "raise-continuable")) {
                  return signal(m$328, args$330[0]);
                } else {
                  if ((case_value$332 === "with-handler")) {
                    push_native(m$328, "handler", null, args$330[0]);
                    return call(m$328, args$330[1], [], m$328.core);
                  } else {
                    if ((case_value$332 === "call/cc")) {
                      return call_with_continuation(m$328, args$330[0]);
                    } else {
                      if ((case_value$332 === "suspense")) {
                        return suspend(m$328, args$330);
                      } else {
                        if ((case_value$332 === "print")) {
                          return settle(m$328, p$attempt((() => {
                            return p$print_values(m$328, args$330);
                          }), call_span(m$328)));
                        } else {
                          if ((case_value$332 === "reduce")) {
                            return walk(m$328, name$329, args$330[0], args$330[2], args$330[1]);
                          } else {
                            if ((case_value$332 === "map")) {
                              return walk(m$328, name$329, args$330[0], args$330[1], []);
                            } else {
                              if ((case_value$332 === "map-indexed")) {
                                return walk(m$328, name$329, args$330[0], args$330[1], []);
                              } else {
                                if ((case_value$332 === "filter")) {
                                  return walk(m$328, name$329, args$330[0], args$330[1], []);
                                } else {
                                  if ((case_value$332 === "every?")) {
                                    return walk(m$328, name$329, args$330[0], args$330[1], true);
                                  } else {
                                    return walk(m$328, name$329, args$330[0], args$330[1], null);
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
  function native_name$q(name$333) {
    let or$334;
    return (or$334 = p$has_key$q(native_arity, name$333), ((or$334 !== false && or$334 != null) ? or$334 : (name$333 === "print")));
  }
  function waits$q(name$335) {
    return !p$contains$q(["apply", "raise", "call/cc", "suspense", "print"], name$335);
  }
  function spread_call(m$336, args$337) {
    {
      let items$338 = sequence(args$337[1]);
      if ((items$338 == null)) {
        return fail(m$336, not_a_list("apply", args$337[1], call_span(m$336)));
      } else {
        return call(m$336, args$337[0], items$338, m$336.core);
      }
    }
  }
  function sequence(value$339) {
    if (p$list$q(value$339)) {
      return value$339;
    } else {
      if ((value$339 == null)) {
        return [];
      } else {
        return null;
      }
    }
  }
  function not_a_list(name$340, found$341, span$342) {
    return p$fault("call/type", { primitive: name$340, argument: "its list", expected: "a list", found: found$341 }, span$342);
  }
  function walk(m$343, name$344, f$345, items$346, so_far$347) {
    {
      let found$348 = sequence(items$346);
      if ((found$348 == null)) {
        return fail(m$343, not_a_list(name$344, items$346, call_span(m$343)));
      } else {
        push_native(m$343, "map", name$344, [f$345, found$348, so_far$347, null]);
        return next_item(m$343, m$343.next);
      }
    }
  }
  function next_item(m$349, frame$350) {
    let case_value$355;
    {
      let f$351 = frame$350.values[0];
      let items$352 = frame$350.values[1];
      let so_far$353 = frame$350.values[2];
      let i$354 = frame$350.index;
      if ((i$354 < items$352.length)) {
        return call(m$349, f$351, (case_value$355 = frame$350.env, ((case_value$355 === "map-indexed") ? [i$354, items$352[i$354]] : ((case_value$355 === "reduce") ? [so_far$353, items$352[i$354]] : [p$set_nth$x(frame$350.values, 3, items$352[i$354])]))), frame$350.core);
      } else {
        pop(m$349, frame$350);
        return give(m$349, ((frame$350.env === "for-each") ? null : so_far$353));
      }
    }
  }
  function return_map(m$356, frame$357, value$358) {
    {
      let values$359 = frame$357.values;
      let i$360 = frame$357.index;
      (m$356.depth = frame$357.depth);
      (frame$357.index = (i$360 + 1));
      {
        let case_value$361 = frame$357.env;
        if ((case_value$361 === "map")) {
          values$359[2].push(value$358);
          return next_item(m$356, frame$357);
        } else {
          if ((case_value$361 === "map-indexed")) {
            values$359[2].push(value$358);
            return next_item(m$356, frame$357);
          } else {
            if ((case_value$361 === "filter")) {
              if ((value$358 !== false && value$358 != null)) {
                values$359[2].push(values$359[3]);
              } else {
                null;
              }
              return next_item(m$356, frame$357);
            } else {
              if ((case_value$361 === "reduce")) {
                p$set_nth$x(values$359, 2, value$358);
                return next_item(m$356, frame$357);
              } else {
                if ((case_value$361 === "some")) {
                  if ((value$358 !== false && value$358 != null)) {
                    pop(m$356, frame$357);
                    return give(m$356, value$358);
                  } else {
                    return next_item(m$356, frame$357);
                  }
                } else {
                  if ((case_value$361 === "every?")) {
                    if ((value$358 !== false && value$358 != null)) {
                      return next_item(m$356, frame$357);
                    } else {
                      pop(m$356, frame$357);
                      return give(m$356, false);
                    }
                  } else {
                    return next_item(m$356, frame$357);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function step_raise(m$362, frame$363, error$364) {
    {
      let case_value$365 = frame$363.kind;
      if ((case_value$365 === "try")) {
        return leave_try(m$362, frame$363, error$364);
      } else {
        if ((case_value$365 === "component")) {
          p$note_component(error$364, frame$363.values.name);
          return pop(m$362, frame$363);
        } else {
          if ((case_value$365 === "root")) {
            (m$362.mode = "done");
            return (m$362.value = p$raised(error$364));
          } else {
            return pop(m$362, frame$363);
          }
        }
      }
    }
  }
  function leave_try(m$366, frame$367, error$368) {
    {
      let core$369 = frame$367.core;
      pop(m$366, frame$367);
      if ((frame$367.values === "body")) {
        {
          let env$370 = p$make_binding(core$369.caught, p$caught(error$368), frame$367.env);
          if (!(core$369.cleanup == null)) {
            push(m$366, "try", core$369, frame$367.env, "cleanup");
          } else {
            null;
          }
          return go(m$366, core$369.handler, env$370);
        }
      } else {
        return run_cleanup(m$366, core$369, frame$367.env, p$raised(error$368));
      }
    }
  }
  function return_try(m$371, frame$372, value$373) {
    pop(m$371, frame$372);
    if ((frame$372.core.cleanup == null)) {
      return give(m$371, value$373);
    } else {
      return run_cleanup(m$371, frame$372.core, frame$372.env, value$373);
    }
  }
  function run_cleanup(m$374, core$375, env$376, outcome$377) {
    push(m$374, "cleanup", core$375, env$376, outcome$377);
    return go(m$374, core$375.cleanup, env$376);
  }
  function return_cleanup(m$378, frame$379) {
    pop(m$378, frame$379);
    return settle(m$378, frame$379.values);
  }
  function signal(m$380, value$381) {
    {
      let handler$382 = nearest_handler(m$380.next);
      if ((handler$382 == null)) {
        return fail(m$380, p$raise_value(value$381, call_span(m$380)));
      } else {
        push_native(m$380, "signal", null, handler$382);
        return call(m$380, handler$382.values, [value$381], m$380.core);
      }
    }
  }
  function nearest_handler(frame$383) {
    loop384: while (true) {
      {
        let case_value$385 = frame$383.kind;
        if ((case_value$385 === "handler")) {
          return frame$383;
        } else {
          if ((case_value$385 === "try")) {
            if ((frame$383.values === "body")) {
              return null;
            } else {
              frame$383 = frame$383.next;
              continue loop384;
            }
          } else {
            if ((case_value$385 === "signal")) {
              frame$383 = frame$383.values.next;
              continue loop384;
            } else {
              if ((case_value$385 === "root")) {
                return null;
              } else {
                frame$383 = frame$383.next;
                continue loop384;
              }
            }
          }
        }
      }
    }
  }
  function keep_provided(m$386, frame$387, value$388) {
    (frame$387.kind = "provide");
    (frame$387.values = [frame$387.values, value$388]);
    enter(m$386, frame$387);
    return go(m$386, frame$387.core.body, frame$387.env);
  }
  function return_context(m$389, frame$390, key$391) {
    {
      let found$392 = provided(frame$390.next, key$391);
      let core$393 = frame$390.core;
      pop(m$389, frame$390);
      if (!(found$392 == null)) {
        return give(m$389, found$392.values[1]);
      } else {
        if (!(core$393.fallback == null)) {
          return go(m$389, core$393.fallback, frame$390.env);
        } else {
          return fail(m$389, p$fault("context/missing", { key: key$391 }, core$393.span));
        }
      }
    }
  }
  function provided(frame$394, key$395) {
    loop396: while (true) {
      if ((frame$394.kind === "root")) {
        return null;
      } else {
        if (((frame$394.kind === "provide") && host.isTrue(equal_values(frame$394.values[0], key$395)))) {
          return frame$394;
        } else {
          frame$394 = frame$394.next;
          continue loop396;
        }
      }
    }
  }
  function equal_values(a$397, b$398) {
    return p$$e(a$397, b$398);
  }
  function return_capture(m$399, frame$400, tag$401) {
    {
      let core$402 = frame$400.core;
      let around$403 = nearest_prompt(frame$400.next, tag$401);
      if ((around$403 == null)) {
        return fail(m$399, p$fault("control/no-prompt", { tag: tag$401 }, core$402.span));
      } else {
        {
          let frames$404 = copy_frames(frame$400.next, around$403);
          let height$405 = (frame$400.depth - around$403.depth);
          pop(m$399, around$403);
          return go(m$399, core$402.body, p$make_binding(core$402.local, p$make_continuation(frames$404, height$405, false), frame$400.env));
        }
      }
    }
  }
  function nearest_prompt(frame$406, tag$407) {
    loop408: while (true) {
      if ((frame$406.kind === "root")) {
        return null;
      } else {
        if (((frame$406.kind === "prompt") && host.isTrue(equal_values(frame$406.values, tag$407)))) {
          return frame$406;
        } else {
          frame$406 = frame$406.next;
          continue loop408;
        }
      }
    }
  }
  function copy_frames(from$409, to$410) {
    {
      let copies$411 = [];
      {
        let frame$412 = from$409;
        loop413: while (true) {
          copies$411.push(p$copy_frame(frame$412));
          if ((frame$412 === to$410)) {
            return copies$411;
          } else {
            frame$412 = frame$412.next;
            continue loop413;
          }
        }
      }
    }
  }
  function apply_continuation(m$414, continuation$415, args$416) {
    if (!(args$416.length === 1)) {
      return fail(m$414, wrong_count(continuation$415.name, 1, null, args$416.length, call_span(m$414)));
    } else {
      {
        let frames$417 = continuation$415.frames;
        let whole$418 = continuation$415.whole;
        if ((whole$418 !== false && whole$418 != null)) {
          enter(m$414, (m$414.next = root_of(m$414.next)));
        } else {
          null;
        }
        {
          let depth$419;
          if ((whole$418 !== false && whole$418 != null)) {
            depth$419 = 0;
          } else {
            depth$419 = (m$414.next.depth + 1);
          }
          if (((depth$419 + continuation$415.height) > deepest)) {
            return fail(m$414, p$fault("stack/too-deep", { limit: deepest }, call_span(m$414)));
          } else {
            restore(m$414, frames$417, depth$419);
            return give(m$414, args$416[0]);
          }
        }
      }
    }
  }
  function restore(m$420, frames$421, depth$422) {
    if (!p$empty$q(frames$421)) {
      {
        let shift$423 = (depth$422 - p$last(frames$421).depth);
        {
          let i$424 = (frames$421.length - 1);
          loop425: while (true) {
            if ((i$424 >= 0)) {
              {
                let frame$426 = p$copy_frame(frames$421[i$424]);
                (frame$426.next = m$420.next);
                (frame$426.depth = (frame$426.depth + shift$423));
                (m$420.next = frame$426);
                i$424 = (i$424 - 1);
                continue loop425;
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
  function root_of(frame$427) {
    loop428: while (true) {
      if ((frame$427.kind === "root")) {
        return frame$427;
      } else {
        frame$427 = frame$427.next;
        continue loop428;
      }
    }
  }
  function call_with_continuation(m$429, f$430) {
    {
      let root$431 = root_of(m$429.next);
      {
        let continuation$432 = p$make_continuation(frames_above(m$429.next, root$431), m$429.depth, true);
        return call(m$429, f$430, [continuation$432], m$429.core);
      }
    }
  }
  function frames_above(from$433, root$434) {
    {
      let copies$435 = [];
      {
        let frame$436 = from$433;
        loop437: while (true) {
          if ((frame$436 === root$434)) {
            return copies$435;
          } else {
            copies$435.push(p$copy_frame(frame$436));
            frame$436 = frame$436.next;
            continue loop437;
          }
        }
      }
    }
  }
  function ask(m$438, core$439, operation$440, args$441) {
    {
      let answer$442 = p$ask_host(m$438, operation$440, args$441, core$439.span);
      if (host.isTrue(p$waiting$q(answer$442))) {
        (m$438.mode = "wait");
        return (m$438.value = answer$442);
      } else {
        return settle(m$438, answer$442);
      }
    }
  }
  function resume(m$443, value$444) {
    settle(m$443, value$444);
    return run(m$443);
  }
  function suspend(m$445, args$446) {
    {
      let pending$447 = args$446[1];
      {
        let case_value$448 = p$pending_state(pending$447);
        if ((case_value$448 === "ready")) {
          return call(m$445, args$446[2], [p$pending_value(pending$447)], m$445.core);
        } else {
          if ((case_value$448 === "failed")) {
            return fail(m$445, p$pending_failure(pending$447, call_span(m$445)));
          } else {
            if ((case_value$448 === "waiting")) {
              return open_hole(m$445, args$446[0], pending$447, args$446[2]);
            } else {
              return call(m$445, args$446[2], [pending$447], m$445.core);
            }
          }
        }
      }
    }
  }
  function open_hole(m$449, fallback$450, pending$451, receiver$452) {
    if ((m$449.next.depth >= deepest)) {
      return fail(m$449, p$fault("stack/too-deep", { limit: deepest }, call_span(m$449)));
    } else {
      {
        let id$453 = p$note_hole(m$449, pending$451, { receiver: receiver$452, provided: provided_around(m$449.next), core: m$449.core }, call_span(m$449));
        if (host.isTrue(p$raised$q(id$453))) {
          return fail(m$449, id$453.error);
        } else {
          push_native(m$449, "hole", null, id$453);
          return call(m$449, fallback$450, [], m$449.core);
        }
      }
    }
  }
  function provided_around(frame$454) {
    {
      let found$455 = [];
      {
        let frame$456 = frame$454;
        loop457: while (true) {
          {
            let case_value$458 = frame$456.kind;
            if ((case_value$458 === "root")) {
              return found$455;
            } else {
              if ((case_value$458 === "provide")) {
                found$455.push(frame$456);
                frame$456 = frame$456.next;
                continue loop457;
              } else {
                frame$456 = frame$456.next;
                continue loop457;
              }
            }
          }
        }
      }
    }
  }
  function return_hole(m$459, frame$460, value$461) {
    {
      let nodes$462 = p$attempt((() => {
        return decide_child(value$461);
      }), ((frame$460.core == null) ? null : frame$460.core.span));
      let id$463 = frame$460.values;
      pop(m$459, frame$460);
      if (host.isTrue(p$raised$q(nodes$462))) {
        return fail(m$459, nodes$462.error);
      } else {
        if ((id$463 == null)) {
          return give(m$459, p$make_markup(nodes$462));
        } else {
          return give(m$459, p$make_markup([p$make_hole(id$463, nodes$462)]));
        }
      }
    }
  }
  function start_filling(m$464, hole$465, value$466) {
    (m$464.next = p$make_frame("root", null, null, null, 0, null, 0));
    (m$464.depth = 0);
    {
      let provided$467 = hole$465.provided;
      {
        let i$468 = (provided$467.length - 1);
        loop469: while (true) {
          if ((i$468 >= 0)) {
            {
              let frame$470 = provided$467[i$468];
              push(m$464, "provide", frame$470.core, frame$470.env, frame$470.values);
            }
            i$468 = (i$468 - 1);
            continue loop469;
          } else {
            null;
            break loop469;
          }
        }
      }
    }
    push(m$464, "hole", hole$465.core, null, null);
    return call(m$464, hole$465.receiver, [value$466], hole$465.core);
  }
  function define_all(definitions$471) {
    return p$for_each(((definition$472) => {
      let case_value$474;
      {
        let kind$473 = definition$472.kind;
        return (definition$472.compiled = { ready: !(kind$473 === "value"), value: (case_value$474 = kind$473, ((case_value$474 === "value") ? null : ((case_value$474 === "component") ? p$make_component(definition$472) : p$make_closure(definition$472.core, null)))) });
      }
    }), definitions$471);
  }
  function set_definition(definition$475, value$476) {
    {
      let cell$477 = definition$475.compiled;
      (cell$477.value = value$476);
      return (cell$477.ready = true);
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
    "unwind": unwind,
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
