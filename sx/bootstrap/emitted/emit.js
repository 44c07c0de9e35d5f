// Emitted from sx/bootstrap/emit.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$make_table = host.primitive("make-table");
  const p$push$x = host.primitive("push!");
  const p$str = host.primitive("str");
  const p$split = host.primitive("split");
  const p$join = host.primitive("join");
  const p$map = host.primitive("map");
  const p$get = host.primitive("get");
  const p$contains$q = host.primitive("contains?");
  const p$table_get = host.primitive("table-get");
  const p$table_set$x = host.primitive("table-set!");
  const p$json_encode = host.primitive("json-encode");
  const p$$e = host.primitive("=");
  const p$code_at = host.primitive("code-at");
  const p$raise = host.primitive("raise");
  const p$condition = host.primitive("condition");
  const p$number$q = host.primitive("number?");
  const p$boolean$q = host.primitive("boolean?");
  const p$string$q = host.primitive("string?");
  const p$symbol$q = host.primitive("symbol?");
  const p$symbol_name = host.primitive("symbol-name");
  const p$keyword$q = host.primitive("keyword?");
  const p$keyword_name = host.primitive("keyword-name");
  const p$list$q = host.primitive("list?");
  const p$dict$q = host.primitive("dict?");
  const p$keys = host.primitive("keys");
  const p$definition$q = host.primitive("definition?");
  const p$map_indexed = host.primitive("map-indexed");
  const p$some = host.primitive("some");
  const p$concat = host.primitive("concat");
  const p$empty$q = host.primitive("empty?");
  const p$cons = host.primitive("cons");
  const p$has_key$q = host.primitive("has-key?");
  const p$rest = host.primitive("rest");
  const p$for_each = host.primitive("for-each");
  const p$filter = host.primitive("filter");
  const p$first = host.primitive("first");
  const p$last = host.primitive("last");
  const p$table_keys = host.primitive("table-keys");
  function make_emitter(library$1) {
    return { lines: [], indent: "  ", counter: 0, names: p$make_table(), hoisted: [], imports: p$make_table(), primitives: p$make_table(), library: library$1 };
  }
  function emit_line(e$2, text$3) {
    return p$push$x(e$2.lines, p$str(e$2.indent, text$3));
  }
  function indented(e$4, thunk$5) {
    {
      let before$6 = e$4.indent;
      (e$4.indent = p$str(before$6, "  "));
      thunk$5();
      return (e$4.indent = before$6);
    }
  }
  function fresh_number(e$7) {
    return (e$7.counter = (e$7.counter + 1));
  }
  const letters = (() => {
    return { "-": "_", "?": "$q", "!": "$x", ">": "$g", "\u003c": "$l", "*": "$s", "+": "$p", "=": "$e", "/": "$d", "%": "$m", "~": "$t", ":": "$c", ".": "$o", "&": "$a", "#": "$h", " ": "_" };
  })();
  const reserved_words = (() => {
    return p$split("await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if import in instanceof new null return super switch this throw true try typeof undefined var void while with yield let static arguments host use", " ");
  })();
  function js_name(name$8) {
    {
      let text$9 = p$join(p$map(((letter$10) => {
        return p$get(letters, letter$10, letter$10);
      }), p$split(name$8, "")), "");
      if (p$contains$q(reserved_words, text$9)) {
        return p$str(text$9, "_");
      } else {
        return text$9;
      }
    }
  }
  function local_name(e$11, local$12) {
    let or$13;
    return (or$13 = p$table_get(e$11.names, local$12), ((or$13 !== false && or$13 != null) ? or$13 : p$table_set$x(e$11.names, local$12, p$str(js_name(local$12.name), "$", fresh_number(e$11)))));
  }
  function property_name(name$14) {
    if (host.isTrue(plain_name$q(name$14))) {
      return name$14;
    } else {
      return p$json_encode(name$14);
    }
  }
  function plain_name$q(name$15) {
    let and$16;
    return (and$16 = (name$15.length > 0), ((and$16 !== false && and$16 != null) ? (() => {
      {
        let i$17 = 0;
        loop18: while (true) {
          if (p$$e(i$17, name$15.length)) {
            return true;
          } else {
            if (host.isTrue(letter_code$q(p$code_at(name$15, i$17)))) {
              i$17 = (i$17 + 1);
              continue loop18;
            } else {
              return false;
            }
          }
        }
      }
    })() : and$16));
  }
  function letter_code$q(code$19) {
    let and$20, or$21, and$22, or$23;
    return (or$21 = (and$20 = (code$19 >= 97), ((and$20 !== false && and$20 != null) ? (code$19 <= 122) : and$20)), ((or$21 !== false && or$21 != null) ? or$21 : (or$23 = (and$22 = (code$19 >= 65), ((and$22 !== false && and$22 != null) ? (code$19 <= 90) : and$22)), ((or$23 !== false && or$23 != null) ? or$23 : (code$19 === 95)))));
  }
  function definition_name(e$24, definition$25) {
    if (!(definition$25.library === e$24.library)) {
      p$table_set$x(e$24.imports, definition$25, true);
    } else {
      null;
    }
    return js_name(definition$25.name);
  }
  function primitive_name(e$26, name$27) {
    p$table_set$x(e$26.primitives, name$27, true);
    return p$str("p$", js_name(name$27));
  }
  function expression(e$28, core$29) {
    {
      let case_value$30 = core$29.kind;
      if ((case_value$30 === "const")) {
        return constant(core$29.value);
      } else {
        if ((case_value$30 === "local")) {
          return local_name(e$28, core$29.local);
        } else {
          if ((case_value$30 === "definition")) {
            return definition_name(e$28, core$29.definition);
          } else {
            if ((case_value$30 === "primitive")) {
              return primitive_name(e$28, core$29.name);
            } else {
              if ((case_value$30 === "call")) {
                return call_expression(e$28, core$29);
              } else {
                if ((case_value$30 === "if")) {
                  return p$str("(", test_expression(e$28, core$29.test), " ? ", expression(e$28, core$29.yes), " : ", expression(e$28, core$29.no), ")");
                } else {
                  if ((case_value$30 === "let")) {
                    return let_expression(e$28, core$29);
                  } else {
                    if ((case_value$30 === "do")) {
                      return p$str("(", p$join(p$map(((form$31) => {
                        return expression(e$28, form$31);
                      }), core$29.forms), ", "), ")");
                    } else {
                      if ((case_value$30 === "fn")) {
                        return function_expression(e$28, core$29);
                      } else {
                        if ((case_value$30 === "set")) {
                          return p$str("(", target_name(e$28, core$29.target), " = ", expression(e$28, core$29.value), ")");
                        } else {
                          if ((case_value$30 === "dict")) {
                            return dict_expression(e$28, core$29);
                          } else {
                            if ((case_value$30 === "letrec")) {
                              return block_expression(e$28, core$29);
                            } else {
                              if ((case_value$30 === "try")) {
                                return block_expression(e$28, core$29);
                              } else {
                                return p$raise(p$condition("bootstrap/unsupported", p$str("a chapter may not use ", core$29.kind), null));
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
  function constant(value$32) {
    if ((value$32 == null)) {
      return "null";
    } else {
      if ((p$number$q(value$32) || (p$boolean$q(value$32) || p$string$q(value$32)))) {
        return p$json_encode(value$32);
      } else {
        if (p$symbol$q(value$32)) {
          return p$str("host.symbol(", p$json_encode(p$symbol_name(value$32)), ")");
        } else {
          if (p$keyword$q(value$32)) {
            return p$str("host.keyword(", p$json_encode(p$keyword_name(value$32)), ")");
          } else {
            if (p$list$q(value$32)) {
              return p$str("[", p$join(p$map(constant, value$32), ", "), "]");
            } else {
              if (p$dict$q(value$32)) {
                return p$str("{", p$join(p$map(((key$33) => {
                  return p$str(property_name(key$33), ": ", constant(p$get(value$32, key$33)));
                }), p$keys(value$32)), ", "), "}");
              } else {
                return p$raise(p$condition("bootstrap/unsupported", "a constant that is no data", value$32));
              }
            }
          }
        }
      }
    }
  }
  function target_name(e$34, target$35) {
    if (host.isTrue(local$q(target$35))) {
      return local_name(e$34, target$35);
    } else {
      return definition_name(e$34, target$35);
    }
  }
  function local$q(target$36) {
    return !host.isTrue(p$definition$q(target$36));
  }
  function dict_expression(e$37, core$38) {
    {
      let values$39 = core$38.values;
      return p$str("{ ", p$join(p$map_indexed(((i$40, key$41) => {
        return p$str(property_name(key$41), ": ", expression(e$37, values$39[i$40]));
      }), core$38.keys), ", "), " }");
    }
  }
  function let_expression(e$42, core$43) {
    {
      let bindings$44 = core$43.bindings;
      if (host.isTrue(p$some(((binding$45) => {
        return binding$45.local.captured;
      }), bindings$44))) {
        return block_expression(e$42, core$43);
      } else {
        return p$str("(", p$join(p$map(((binding$46) => {
          return hoisted_binding(e$42, binding$46);
        }), bindings$44), ", "), ", ", expression(e$42, core$43.body), ")");
      }
    }
  }
  function hoisted_binding(e$47, binding$48) {
    {
      let value$49 = expression(e$47, binding$48.value);
      let name$50 = local_name(e$47, binding$48.local);
      e$47.hoisted.push(name$50);
      return p$str(name$50, " = ", value$49);
    }
  }
  function block_expression(e$51, core$52) {
    return p$str("(() => {\n", function_body(e$51, (() => {
      return statement(e$51, core$52, return_it);
    })), e$51.indent, "})()");
  }
  function function_expression(e$53, core$54) {
    return p$str("((", parameter_list(e$53, core$54), ") => {\n", body_text(e$53, core$54, null), e$53.indent, "})");
  }
  function parameter_list(e$55, core$56) {
    {
      let names$57 = p$map(((local$58) => {
        return local_name(e$55, local$58);
      }), core$56.parameters);
      return p$join(((core$56.rest == null) ? names$57 : p$concat(names$57, [p$str("...", local_name(e$55, core$56.rest))])), ", ");
    }
  }
  function body_text(e$59, core$60, self$61) {
    return function_body(e$59, (() => {
      if ((!(self$61 == null) && host.isTrue(continues$q(core$60.body, self$61, core$60.parameters.length)))) {
        return loop_statement(e$59, core$60, self$61, return_it);
      } else {
        return statement(e$59, core$60.body, return_it);
      }
    }));
  }
  function function_body(e$62, thunk$63) {
    {
      let lines$64 = e$62.lines;
      let hoisted$65 = e$62.hoisted;
      (e$62.lines = []);
      (e$62.hoisted = []);
      indented(e$62, (() => {
        thunk$63();
        if (!p$empty$q(e$62.hoisted)) {
          return (e$62.lines = p$cons(p$str(e$62.indent, "let ", p$join(e$62.hoisted, ", "), ";"), e$62.lines));
        } else {
          return null;
        }
      }));
      {
        let text$66 = p$str(p$join(e$62.lines, "\n"), "\n");
        (e$62.lines = lines$64);
        (e$62.hoisted = hoisted$65);
        return text$66;
      }
    }
  }
  function call_expression(e$67, core$68) {
    {
      let callee$69 = core$68.callee;
      let args$70 = core$68.args;
      if ((callee$69.kind === "primitive")) {
        return primitive_call(e$67, callee$69.name, args$70);
      } else {
        return p$str(expression(e$67, callee$69), "(", arguments_(e$67, args$70), ")");
      }
    }
  }
  function arguments_(e$71, args$72) {
    return p$join(p$map(((arg$73) => {
      return expression(e$71, arg$73);
    }), args$72), ", ");
  }
  const operators = (() => {
    return { "+": "+", "-": "-", "*": "*", "\u003c": "\u003c", ">": ">", "\u003c=": "\u003c=", ">=": ">=" };
  })();
  function primitive_call(e$74, name$75, args$76) {
    {
      let n$77 = args$76.length;
      if (((n$77 === 2) && p$has_key$q(operators, name$75))) {
        return p$str("(", expression(e$74, args$76[0]), " ", p$get(operators, name$75), " ", expression(e$74, args$76[1]), ")");
      } else {
        if (((name$75 === "=") && (n$77 === 2))) {
          return equality(e$74, args$76[0], args$76[1]);
        } else {
          if (((name$75 === "field") && host.isTrue(literal$q(args$76[1])))) {
            return p$str(expression(e$74, args$76[0]), ".", args$76[1].value);
          } else {
            if (((name$75 === "set-field!") && host.isTrue(literal$q(args$76[1])))) {
              return p$str("(", expression(e$74, args$76[0]), ".", args$76[1].value, " = ", expression(e$74, args$76[2]), ")");
            } else {
              if ((name$75 === "item")) {
                return p$str(expression(e$74, args$76[0]), "[", expression(e$74, args$76[1]), "]");
              } else {
                if ((name$75 === "count")) {
                  return p$str(expression(e$74, args$76[0]), ".length");
                } else {
                  if ((name$75 === "text-length")) {
                    return p$str(expression(e$74, args$76[0]), ".length");
                  } else {
                    if ((name$75 === "text-slice")) {
                      return p$str(expression(e$74, args$76[0]), ".slice(", arguments_(e$74, p$rest(args$76)), ")");
                    } else {
                      if ((name$75 === "pop!")) {
                        return p$str(expression(e$74, args$76[0]), ".pop()");
                      } else {
                        if ((name$75 === "same?")) {
                          return p$str("(", expression(e$74, args$76[0]), " === ", expression(e$74, args$76[1]), ")");
                        } else {
                          if ((name$75 === "nil?")) {
                            return p$str("(", expression(e$74, args$76[0]), " == null)");
                          } else {
                            if ((name$75 === "not")) {
                              return p$str("!", test_expression(e$74, args$76[0]));
                            } else {
                              if ((name$75 === "list")) {
                                return p$str("[", arguments_(e$74, args$76), "]");
                              } else {
                                return p$str(primitive_name(e$74, name$75), "(", arguments_(e$74, args$76), ")");
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
  function literal$q(core$78) {
    return (core$78.kind === "const");
  }
  function equality(e$79, a$80, b$81) {
    if ((host.isTrue(literal$q(a$80)) || host.isTrue(literal$q(b$81)))) {
      return p$str("(", expression(e$79, a$80), ((host.isTrue(nil_literal$q(a$80)) || host.isTrue(nil_literal$q(b$81))) ? " == " : " === "), expression(e$79, b$81), ")");
    } else {
      return p$str(primitive_name(e$79, "="), "(", expression(e$79, a$80), ", ", expression(e$79, b$81), ")");
    }
  }
  function nil_literal$q(core$82) {
    let and$83;
    return (and$83 = literal$q(core$82), ((and$83 !== false && and$83 != null) ? (core$82.value == null) : and$83));
  }
  const questions = (() => {
    return p$split("= != \u003c > \u003c= >= not nil? same? table-has? has-key? contains? empty? number? string? boolean? symbol? keyword? list? dict? starts-with? ends-with? includes? even? odd? zero? integer?", " ");
  })();
  function test_expression(e$84, core$85) {
    if (host.isTrue(short_circuit$q(core$85))) {
      return short_circuit(e$84, core$85);
    } else {
      if (host.isTrue(answers_boolean$q(core$85))) {
        return expression(e$84, core$85);
      } else {
        if ((core$85.kind === "if")) {
          return p$str("(", test_expression(e$84, core$85.test), " ? ", test_expression(e$84, core$85.yes), " : ", test_expression(e$84, core$85.no), ")");
        } else {
          if ((core$85.kind === "local")) {
            {
              let name$86 = expression(e$84, core$85);
              return p$str("(", name$86, " !== false && ", name$86, " != null)");
            }
          } else {
            return p$str("host.isTrue(", expression(e$84, core$85), ")");
          }
        }
      }
    }
  }
  function answers_boolean$q(core$87) {
    let and$88, or$89, and$90, and$91;
    return (or$89 = (and$88 = literal$q(core$87), ((and$88 !== false && and$88 != null) ? p$boolean$q(core$87.value) : and$88)), ((or$89 !== false && or$89 != null) ? or$89 : (and$90 = (core$87.kind === "call"), ((and$90 !== false && and$90 != null) ? (and$91 = (core$87.callee.kind === "primitive"), ((and$91 !== false && and$91 != null) ? p$contains$q(questions, core$87.callee.name) : and$91)) : and$90))));
  }
  function short_circuit$q(core$92) {
    let and$93, and$94, and$95, local$96, choice$97, and$98, and$99, and$100, or$101;
    return (and$93 = (core$92.kind === "let"), ((and$93 !== false && and$93 != null) ? (and$94 = (core$92.bindings.length === 1), ((and$94 !== false && and$94 != null) ? (and$95 = (core$92.body.kind === "if"), ((and$95 !== false && and$95 != null) ? (local$96 = core$92.bindings[0].local, choice$97 = core$92.body, (and$98 = local$96.generated, ((and$98 !== false && and$98 != null) ? (and$99 = (local$96.reads === 2), ((and$99 !== false && and$99 != null) ? (and$100 = reads$q(choice$97.test, local$96), ((and$100 !== false && and$100 != null) ? (or$101 = reads$q(choice$97.yes, local$96), ((or$101 !== false && or$101 != null) ? or$101 : reads$q(choice$97.no, local$96))) : and$100)) : and$99)) : and$98))) : and$95)) : and$94)) : and$93));
  }
  function reads$q(core$102, local$103) {
    let and$104;
    return (and$104 = (core$102.kind === "local"), ((and$104 !== false && and$104 != null) ? (core$102.local === local$103) : and$104));
  }
  function short_circuit(e$105, core$106) {
    {
      let binding$107 = core$106.bindings[0];
      let choice$108 = core$106.body;
      if (host.isTrue(reads$q(choice$108.no, binding$107.local))) {
        return p$str("(", test_expression(e$105, binding$107.value), " && ", test_expression(e$105, choice$108.yes), ")");
      } else {
        return p$str("(", test_expression(e$105, binding$107.value), " || ", test_expression(e$105, choice$108.no), ")");
      }
    }
  }
  const return_it = (() => {
    return { kind: "return", name: null, label: null };
  })();
  const drop_it = (() => {
    return { kind: "drop", name: null, label: null };
  })();
  function statement(e$109, core$110, to$111) {
    {
      let case_value$112 = core$110.kind;
      if ((case_value$112 === "if")) {
        return if_statement(e$109, core$110, to$111);
      } else {
        if ((case_value$112 === "let")) {
          if ((host.isTrue(short_circuit$q(core$110)) && !(to$111.kind === "drop"))) {
            return finish(e$109, expression(e$109, core$110), to$111);
          } else {
            return let_statement(e$109, core$110, to$111);
          }
        } else {
          if ((case_value$112 === "letrec")) {
            return letrec_statement(e$109, core$110, to$111);
          } else {
            if ((case_value$112 === "do")) {
              return do_statement(e$109, core$110.forms, to$111);
            } else {
              if ((case_value$112 === "try")) {
                return try_statement(e$109, core$110, to$111);
              } else {
                if ((case_value$112 === "call")) {
                  if (host.isTrue(push$q(core$110, to$111))) {
                    return push_statement(e$109, core$110, to$111);
                  } else {
                    return finish(e$109, expression(e$109, core$110), to$111);
                  }
                } else {
                  return finish(e$109, expression(e$109, core$110), to$111);
                }
              }
            }
          }
        }
      }
    }
  }
  function finish(e$113, text$114, to$115) {
    {
      let case_value$116 = to$115.kind;
      if ((case_value$116 === "return")) {
        emit_line(e$113, p$str("return ", text$114, ";"));
      } else {
        if ((case_value$116 === "assign")) {
          emit_line(e$113, p$str(to$115.name, " = ", text$114, ";"));
        } else {
          emit_line(e$113, p$str(text$114, ";"));
        }
      }
    }
    return leave(e$113, to$115);
  }
  function leave(e$117, to$118) {
    if (!(to$118.label == null)) {
      return emit_line(e$117, p$str("break ", to$118.label, ";"));
    } else {
      return null;
    }
  }
  function push$q(core$119, to$120) {
    let and$121, and$122;
    return (and$121 = (to$120.kind === "drop"), ((and$121 !== false && and$121 != null) ? (and$122 = (core$119.callee.kind === "primitive"), ((and$122 !== false && and$122 != null) ? (core$119.callee.name === "push!") : and$122)) : and$121));
  }
  function push_statement(e$123, core$124, to$125) {
    {
      let args$126 = core$124.args;
      emit_line(e$123, p$str(expression(e$123, args$126[0]), ".push(", expression(e$123, args$126[1]), ");"));
      return leave(e$123, to$125);
    }
  }
  function if_statement(e$127, core$128, to$129) {
    emit_line(e$127, p$str("if (", test_expression(e$127, core$128.test), ") {"));
    indented(e$127, (() => {
      return statement(e$127, core$128.yes, to$129);
    }));
    emit_line(e$127, "} else {");
    indented(e$127, (() => {
      return statement(e$127, core$128.no, to$129);
    }));
    return emit_line(e$127, "}");
  }
  function let_statement(e$130, core$131, to$132) {
    emit_line(e$130, "{");
    indented(e$130, (() => {
      p$for_each(((binding$133) => {
        return bind_statement(e$130, binding$133.local, binding$133.value);
      }), core$131.bindings);
      return statement(e$130, core$131.body, to$132);
    }));
    return emit_line(e$130, "}");
  }
  function bind_statement(e$134, local$135, value$136) {
    {
      let name$137 = local_name(e$134, local$135);
      if (host.isTrue(simple$q(value$136))) {
        return emit_line(e$134, p$str("let ", name$137, " = ", expression(e$134, value$136), ";"));
      } else {
        emit_line(e$134, p$str("let ", name$137, ";"));
        return statement(e$134, value$136, { kind: "assign", name: name$137, label: null });
      }
    }
  }
  function simple$q(core$138) {
    return !p$contains$q(["if", "let", "letrec", "do", "try"], core$138.kind);
  }
  function do_statement(e$139, forms$140, to$141) {
    return p$map_indexed(((i$142, form$143) => {
      return statement(e$139, form$143, (p$$e(i$142, (forms$140.length - 1)) ? to$141 : drop_it));
    }), forms$140);
  }
  function try_statement(e$144, core$145, to$146) {
    emit_line(e$144, "try {");
    indented(e$144, (() => {
      return statement(e$144, core$145.body, to$146);
    }));
    if (!(core$145.handler == null)) {
      {
        let name$147 = local_name(e$144, core$145.caught);
        emit_line(e$144, p$str("} catch (error) {"));
        indented(e$144, (() => {
          emit_line(e$144, p$str("let ", name$147, " = host.caught(error);"));
          return statement(e$144, core$145.handler, to$146);
        }));
      }
    } else {
      null;
    }
    if (!(core$145.cleanup == null)) {
      emit_line(e$144, "} finally {");
      indented(e$144, (() => {
        return statement(e$144, core$145.cleanup, drop_it);
      }));
    } else {
      null;
    }
    return emit_line(e$144, "}");
  }
  function letrec_statement(e$148, core$149, to$150) {
    {
      let binding$151 = core$149.bindings[0];
      if (host.isTrue(loop$q(core$149, binding$151))) {
        emit_line(e$148, "{");
        indented(e$148, (() => {
          return enter_loop(e$148, core$149, binding$151, [], to$150);
        }));
        return emit_line(e$148, "}");
      } else {
        emit_line(e$148, "{");
        indented(e$148, (() => {
          p$for_each(((binding$152) => {
            return bind_statement(e$148, binding$152.local, binding$152.value);
          }), core$149.bindings);
          return statement(e$148, core$149.body, to$150);
        }));
        return emit_line(e$148, "}");
      }
    }
  }
  function loop$q(core$153, binding$154) {
    let and$158, and$159, and$160, and$161;
    {
      let body$155 = core$153.body;
      let local$156 = binding$154.local;
      let value$157 = binding$154.value;
      return (and$158 = (core$153.bindings.length === 1), ((and$158 !== false && and$158 != null) ? (and$159 = (value$157.kind === "fn"), ((and$159 !== false && and$159 != null) ? (and$160 = (value$157.rest == null), ((and$160 !== false && and$160 != null) ? (and$161 = calls$q(body$155, local$156, value$157.parameters.length), ((and$161 !== false && and$161 != null) ? p$$e(tail_calls(value$157.body, local$156, value$157.parameters.length), (local$156.reads - 1)) : and$161)) : and$160)) : and$159)) : and$158));
    }
  }
  function enter_loop(e$162, core$163, binding$164, rounds$165, to$166) {
    {
      let value$167 = binding$164.value;
      let args$168 = core$163.body.args;
      p$map_indexed(((i$169, local$170) => {
        return emit_line(e$162, p$str("let ", carrier(e$162, local$170), " = ", expression(e$162, args$168[i$169]), ";"));
      }), value$167.parameters);
      return loop_around(e$162, value$167, binding$164.local, rounds$165, to$166);
    }
  }
  function loop_statement(e$171, core$172, self$173, to$174) {
    p$for_each(((local$175) => {
      if (host.isTrue(local$175.captured)) {
        return emit_line(e$171, p$str("let ", carrier(e$171, local$175), " = ", local_name(e$171, local$175), ";"));
      } else {
        return null;
      }
    }), core$172.parameters);
    return loop_around(e$171, core$172, self$173, [], to$174);
  }
  function carrier(e$176, local$177) {
    if (host.isTrue(local$177.captured)) {
      return p$str(local_name(e$176, local$177), "c");
    } else {
      return local_name(e$176, local$177);
    }
  }
  function loop_around(e$178, value$179, self$180, rounds$181, to$182) {
    {
      let label$183 = p$str("loop", fresh_number(e$178));
      emit_line(e$178, p$str(label$183, ": while (true) {"));
      indented(e$178, (() => {
        p$for_each(((local$184) => {
          if (host.isTrue(local$184.captured)) {
            return emit_line(e$178, p$str("let ", local_name(e$178, local$184), " = ", carrier(e$178, local$184), ";"));
          } else {
            return null;
          }
        }), value$179.parameters);
        return looped(e$178, value$179.body, p$cons({ self: self$180, parameters: value$179.parameters, label: label$183 }, rounds$181), ((to$182.kind === "return") ? to$182 : { kind: to$182.kind, name: to$182.name, label: label$183 }));
      }));
      emit_line(e$178, "}");
      return leave(e$178, to$182);
    }
  }
  function looped(e$185, core$186, rounds$187, to$188) {
    {
      let case_value$189 = core$186.kind;
      if ((case_value$189 === "if")) {
        emit_line(e$185, p$str("if (", test_expression(e$185, core$186.test), ") {"));
        indented(e$185, (() => {
          return looped(e$185, core$186.yes, rounds$187, to$188);
        }));
        emit_line(e$185, "} else {");
        indented(e$185, (() => {
          return looped(e$185, core$186.no, rounds$187, to$188);
        }));
        return emit_line(e$185, "}");
      } else {
        if ((case_value$189 === "let")) {
          emit_line(e$185, "{");
          indented(e$185, (() => {
            p$for_each(((binding$190) => {
              return bind_statement(e$185, binding$190.local, binding$190.value);
            }), core$186.bindings);
            return looped(e$185, core$186.body, rounds$187, to$188);
          }));
          return emit_line(e$185, "}");
        } else {
          if ((case_value$189 === "do")) {
            {
              let forms$191 = core$186.forms;
              return p$map_indexed(((i$192, form$193) => {
                if (p$$e(i$192, (forms$191.length - 1))) {
                  return looped(e$185, form$193, rounds$187, to$188);
                } else {
                  return statement(e$185, form$193, drop_it);
                }
              }), forms$191);
            }
          } else {
            if ((case_value$189 === "letrec")) {
              return inner_letrec(e$185, core$186, rounds$187, to$188);
            } else {
              if ((case_value$189 === "call")) {
                {
                  let round$194 = round_of(core$186, rounds$187);
                  if ((round$194 == null)) {
                    return statement(e$185, core$186, to$188);
                  } else {
                    return next_round(e$185, core$186, round$194);
                  }
                }
              } else {
                return statement(e$185, core$186, to$188);
              }
            }
          }
        }
      }
    }
  }
  function inner_letrec(e$195, core$196, rounds$197, to$198) {
    {
      let binding$199 = core$196.bindings[0];
      emit_line(e$195, "{");
      indented(e$195, (() => {
        if (host.isTrue(loop$q(core$196, binding$199))) {
          return enter_loop(e$195, core$196, binding$199, rounds$197, to$198);
        } else {
          p$for_each(((each$200) => {
            return bind_statement(e$195, each$200.local, each$200.value);
          }), core$196.bindings);
          return looped(e$195, core$196.body, rounds$197, to$198);
        }
      }));
      return emit_line(e$195, "}");
    }
  }
  function round_of(core$201, rounds$202) {
    {
      let found$203 = p$filter(((round$204) => {
        return calls$q(core$201, round$204.self, round$204.parameters.length);
      }), rounds$202);
      return p$first(found$203);
    }
  }
  function next_round(e$205, core$206, round$207) {
    {
      let changes$208 = changed_arguments(core$206.args, round$207.parameters);
      if ((changes$208.length === 1)) {
        {
          let change$209 = changes$208[0];
          emit_line(e$205, p$str(carrier(e$205, change$209.local), " = ", expression(e$205, change$209.value), ";"));
        }
      } else {
        {
          let names$210 = p$map(((change$211) => {
            return p$str("n$", fresh_number(e$205));
          }), changes$208);
          p$map_indexed(((i$212, change$213) => {
            return emit_line(e$205, p$str("const ", names$210[i$212], " = ", expression(e$205, change$213.value), ";"));
          }), changes$208);
          p$map_indexed(((i$214, change$215) => {
            return emit_line(e$205, p$str(carrier(e$205, change$215.local), " = ", names$210[i$214], ";"));
          }), changes$208);
        }
      }
      return emit_line(e$205, p$str("continue ", round$207.label, ";"));
    }
  }
  function changed_arguments(args$216, parameters$217) {
    return p$filter(((change$218) => {
      return !host.isTrue(reads$q(change$218.value, change$218.local));
    }), p$map_indexed(((i$219, local$220) => {
      return { local: local$220, value: args$216[i$219] };
    }), parameters$217));
  }
  function calls$q(core$221, self$222, n$223) {
    let and$224, and$225;
    return (and$224 = (core$221.kind === "call"), ((and$224 !== false && and$224 != null) ? (and$225 = names$q(core$221.callee, self$222), ((and$225 !== false && and$225 != null) ? p$$e(core$221.args.length, n$223) : and$225)) : and$224));
  }
  function names$q(core$226, self$227) {
    {
      let case_value$228 = core$226.kind;
      if ((case_value$228 === "local")) {
        return (core$226.local === self$227);
      } else {
        if ((case_value$228 === "definition")) {
          return (core$226.definition === self$227);
        } else {
          return false;
        }
      }
    }
  }
  function continues$q(core$229, self$230, n$231) {
    return (tail_calls(core$229, self$230, n$231) > 0);
  }
  function tail_calls(core$232, self$233, n$234) {
    loop235: while (true) {
      {
        let case_value$236 = core$232.kind;
        if ((case_value$236 === "call")) {
          if (host.isTrue(calls$q(core$232, self$233, n$234))) {
            return 1;
          } else {
            return 0;
          }
        } else {
          if ((case_value$236 === "if")) {
            return (tail_calls(core$232.yes, self$233, n$234) + tail_calls(core$232.no, self$233, n$234));
          } else {
            if ((case_value$236 === "let")) {
              core$232 = core$232.body;
              continue loop235;
            } else {
              if ((case_value$236 === "letrec")) {
                {
                  let binding$237 = core$232.bindings[0];
                  core$232 = (host.isTrue(loop$q(core$232, binding$237)) ? binding$237.value.body : core$232.body);
                  continue loop235;
                }
              } else {
                if ((case_value$236 === "do")) {
                  core$232 = p$last(core$232.forms);
                  continue loop235;
                } else {
                  return 0;
                }
              }
            }
          }
        }
      }
    }
  }
  function emit_module(source$238, library$239, definitions$240) {
    {
      let e$241 = make_emitter(library$239);
      p$for_each(((definition$242) => {
        return emit_definition(e$241, definition$242);
      }), definitions$240);
      return p$str("// Emitted from ", source$238, " by sx/bootstrap; do not edit.\n\n", "/** The chapter's definitions by name, for a host and the chapters it uses. */\n", "export function create(host, use) {\n", p$join(p$map(((definition$243) => {
        return import_line(definition$243);
      }), p$table_keys(e$241.imports)), ""), p$join(p$map(((name$244) => {
        return primitive_line(name$244);
      }), p$table_keys(e$241.primitives)), ""), p$join(e$241.lines, "\n"), "\n  return {\n", p$join(p$map(((definition$245) => {
        return export_line(definition$245);
      }), p$filter(((d$246) => {
        return !(d$246.kind === "macro");
      }), definitions$240)), ""), "  };\n}\n");
    }
  }
  function import_line(definition$247) {
    return p$str("  const ", js_name(definition$247.name), " = use[", p$json_encode(definition$247.name), "];\n");
  }
  function primitive_line(name$248) {
    return p$str("  const p$", js_name(name$248), " = host.primitive(", p$json_encode(name$248), ");\n");
  }
  function export_line(definition$249) {
    return p$str("    ", p$json_encode(definition$249.name), ": ", js_name(definition$249.name), ",\n");
  }
  function emit_definition(e$250, definition$251) {
    {
      let case_value$252 = definition$251.kind;
      if ((case_value$252 === "function")) {
        return emit_function(e$250, definition$251, definition$251.core);
      } else {
        if ((case_value$252 === "value")) {
          return bind_value(e$250, definition$251);
        } else {
          return null;
        }
      }
    }
  }
  function emit_function(e$253, definition$254, core$255) {
    {
      let params$256 = parameter_list(e$253, core$255);
      return emit_line(e$253, p$str("function ", js_name(definition$254.name), "(", params$256, ") {\n", body_text(e$253, core$255, definition$254), e$253.indent, "}"));
    }
  }
  function bind_value(e$257, definition$258) {
    return emit_line(e$257, p$str((host.isTrue(definition$258.mutated) ? "let " : "const "), js_name(definition$258.name), " = ", function_free(e$257, definition$258.core), ";"));
  }
  function function_free(e$259, core$260) {
    if (host.isTrue(literal$q(core$260))) {
      return expression(e$259, core$260);
    } else {
      return block_expression(e$259, core$260);
    }
  }
  return {
    "make-emitter": make_emitter,
    "emit-line": emit_line,
    "indented": indented,
    "fresh-number": fresh_number,
    "letters": letters,
    "reserved-words": reserved_words,
    "js-name": js_name,
    "local-name": local_name,
    "property-name": property_name,
    "plain-name?": plain_name$q,
    "letter-code?": letter_code$q,
    "definition-name": definition_name,
    "primitive-name": primitive_name,
    "expression": expression,
    "constant": constant,
    "target-name": target_name,
    "local?": local$q,
    "dict-expression": dict_expression,
    "let-expression": let_expression,
    "hoisted-binding": hoisted_binding,
    "block-expression": block_expression,
    "function-expression": function_expression,
    "parameter-list": parameter_list,
    "body-text": body_text,
    "function-body": function_body,
    "call-expression": call_expression,
    "arguments": arguments_,
    "operators": operators,
    "primitive-call": primitive_call,
    "literal?": literal$q,
    "equality": equality,
    "nil-literal?": nil_literal$q,
    "questions": questions,
    "test-expression": test_expression,
    "answers-boolean?": answers_boolean$q,
    "short-circuit?": short_circuit$q,
    "reads?": reads$q,
    "short-circuit": short_circuit,
    "return-it": return_it,
    "drop-it": drop_it,
    "statement": statement,
    "finish": finish,
    "leave": leave,
    "push?": push$q,
    "push-statement": push_statement,
    "if-statement": if_statement,
    "let-statement": let_statement,
    "bind-statement": bind_statement,
    "simple?": simple$q,
    "do-statement": do_statement,
    "try-statement": try_statement,
    "letrec-statement": letrec_statement,
    "loop?": loop$q,
    "enter-loop": enter_loop,
    "loop-statement": loop_statement,
    "carrier": carrier,
    "loop-around": loop_around,
    "looped": looped,
    "inner-letrec": inner_letrec,
    "round-of": round_of,
    "next-round": next_round,
    "changed-arguments": changed_arguments,
    "calls?": calls$q,
    "names?": names$q,
    "continues?": continues$q,
    "tail-calls": tail_calls,
    "emit-module": emit_module,
    "import-line": import_line,
    "primitive-line": primitive_line,
    "export-line": export_line,
    "emit-definition": emit_definition,
    "emit-function": emit_function,
    "bind-value": bind_value,
    "function-free": function_free,
  };
}
