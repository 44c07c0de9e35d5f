// Emitted from sx/spec/wire.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const check_name = use["check-name"];
  const decide_attribute = use["decide-attribute"];
  const printed_name = use["printed-name"];
  const one_of$q = use["one-of?"];
  const void_tags = use["void-tags"];
  const raw_text_tags = use["raw-text-tags"];
  const escapable_text_tags = use["escapable-text-tags"];
  const decide_text_content = use["decide-text-content"];
  const number_text = use["number-text"];
  const digit_code$q = use["digit-code?"];
  const p$join = host.primitive("join");
  const p$map = host.primitive("map");
  const p$str = host.primitive("str");
  const p$write_data = host.primitive("write-data");
  const p$well_formed = host.primitive("well-formed");
  const p$refuse = host.primitive("refuse");
  const p$for_each = host.primitive("for-each");
  const p$raw_node$q = host.primitive("raw-node?");
  const p$string$q = host.primitive("string?");
  const p$push$x = host.primitive("push!");
  const p$make_raw = host.primitive("make-raw");
  const p$element_node$q = host.primitive("element-node?");
  const p$hole_node$q = host.primitive("hole-node?");
  const p$get = host.primitive("get");
  const p$keys = host.primitive("keys");
  const p$map_indexed = host.primitive("map-indexed");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$markup$q = host.primitive("markup?");
  const p$trusted_url$q = host.primitive("trusted-url?");
  const p$handler$q = host.primitive("handler?");
  const p$symbol$q = host.primitive("symbol?");
  const p$keyword$q = host.primitive("keyword?");
  const p$list$q = host.primitive("list?");
  const p$dict$q = host.primitive("dict?");
  const p$raw_markup$q = host.primitive("raw-markup?");
  const p$raw_html = host.primitive("raw-html");
  const p$markup_nodes = host.primitive("markup-nodes");
  const p$every$q = host.primitive("every?");
  const p$assoc = host.primitive("assoc");
  const p$code_at = host.primitive("code-at");
  const p$refuse_at = host.primitive("refuse-at");
  const p$contains$q = host.primitive("contains?");
  const p$$e = host.primitive("=");
  const p$merge = host.primitive("merge");
  const p$condition_message = host.primitive("condition-message");
  const p$has_key$q = host.primitive("has-key?");
  const p$element_name$q = host.primitive("element-name?");
  const p$max = host.primitive("max");
  const p$dict_set$x = host.primitive("dict-set!");
  const p$some = host.primitive("some");
  const p$first = host.primitive("first");
  const p$raw$x = host.primitive("raw!");
  const p$make_call = host.primitive("make-call");
  const p$trusted_url = host.primitive("trusted-url");
  const p$make_hole = host.primitive("make-hole");
  const p$rest = host.primitive("rest");
  const p$make_handler = host.primitive("make-handler");
  const p$make_element = host.primitive("make-element");
  const p$drop = host.primitive("drop");
  const p$make_markup = host.primitive("make-markup");
  const p$call_node$q = host.primitive("call-node?");
  const p$read_data = host.primitive("read-data");
  const deepest_wire = 1000;
  function write_wire(nodes$1) {
    return p$join(p$map(((form$2) => {
      return p$str(form$2, "\n");
    }), write_nodes(nodes$1, 0)), "");
  }
  function write_frame(frame$3) {
    return p$str("(sx:", frame$3.frame, frame_parts(frame$3), ")\n");
  }
  function frame_parts(frame$4) {
    {
      let case_value$5 = frame$4.frame;
      if ((case_value$5 === "swap")) {
        return p$str(" ", write_text(frame$4.target), " ", frame$4.mode, spaced(write_nodes(frame$4.nodes, 1)));
      } else {
        if ((case_value$5 === "fill")) {
          return p$str(" ", write_text(frame$4.id), spaced(write_nodes(frame$4.nodes, 1)));
        } else {
          if ((case_value$5 === "signal")) {
            return p$str(" ", write_text(frame$4.name), " ", write_datum(frame$4.data, p$str("the signal ", frame$4.name), 1));
          } else {
            if ((case_value$5 === "head")) {
              return spaced(write_nodes(frame$4.nodes, 1));
            } else {
              if ((case_value$5 === "need")) {
                return spaced(frame$4.addresses);
              } else {
                if ((case_value$5 === "fail")) {
                  return p$str(" ", write_text(frame$4.id), " {:kind ", write_text(frame$4.kind), " :message ", write_text(frame$4.message), "}");
                } else {
                  return "";
                }
              }
            }
          }
        }
      }
    }
  }
  function spaced(parts$6) {
    return p$join(p$map(((part$7) => {
      return p$str(" ", part$7);
    }), parts$6), "");
  }
  function write_text(text$8) {
    return p$write_data(p$well_formed(text$8));
  }
  function check_depth(depth$9) {
    if ((depth$9 >= deepest_wire)) {
      return p$refuse("wire/too-deep", { limit: deepest_wire });
    } else {
      return null;
    }
  }
  function write_nodes(nodes$10, depth$11) {
    return p$map(((node$12) => {
      return write_node(node$12, depth$11);
    }), join_neighbours(nodes$10));
  }
  function join_neighbours(nodes$13) {
    {
      let joined$14 = [];
      p$for_each(((node$15) => {
        return add_joined(joined$14, node$15);
      }), nodes$13);
      return joined$14;
    }
  }
  function add_joined(joined$16, node$17) {
    {
      let before$18;
      if ((joined$16.length === 0)) {
        before$18 = null;
      } else {
        before$18 = joined$16[(joined$16.length - 1)];
      }
      if (((node$17 === "") || (host.isTrue(p$raw_node$q(node$17)) && (node$17.html === "")))) {
        return null;
      } else {
        if ((p$string$q(node$17) && p$string$q(before$18))) {
          return p$push$x(joined$16, p$str(joined$16.pop(), node$17));
        } else {
          if ((host.isTrue(p$raw_node$q(node$17)) && host.isTrue(p$raw_node$q(before$18)))) {
            return p$push$x(joined$16, p$make_raw(p$str(joined$16.pop().html, node$17.html)));
          } else {
            return p$push$x(joined$16, node$17);
          }
        }
      }
    }
  }
  function write_node(node$19, depth$20) {
    if (p$string$q(node$19)) {
      return write_text(node$19);
    } else {
      if (host.isTrue(p$raw_node$q(node$19))) {
        return write_raw(node$19.html);
      } else {
        if (host.isTrue(p$element_node$q(node$19))) {
          return write_element(node$19, (depth$20 + 1));
        } else {
          if (host.isTrue(p$hole_node$q(node$19))) {
            check_depth((depth$20 + 1));
            return p$str("(sx:hole ", write_text(node$19.id), spaced(write_nodes(node$19.children, (depth$20 + 1))), ")");
          } else {
            return write_call(node$19, (depth$20 + 1));
          }
        }
      }
    }
  }
  function write_raw(html$21) {
    return p$str("(raw! ", write_text(html$21), ")");
  }
  function write_url(value$22) {
    return p$str("(trusted-url ", write_text(value$22.url), ")");
  }
  function write_element(node$23, depth$24) {
    check_depth(depth$24);
    return p$str("(", node$23.tag, p$join(p$map(((attribute$25) => {
      return p$str(" :", attribute$25[0], " ", write_attribute(attribute$25[1]));
    }), node$23.attributes), ""), spaced(write_nodes(node$23.children, depth$24)), ")");
  }
  function write_attribute(value$26) {
    if ((value$26 === true)) {
      return "true";
    } else {
      if (p$string$q(value$26)) {
        return write_text(value$26);
      } else {
        if (host.isTrue(p$raw_node$q(value$26))) {
          return write_raw(value$26.html);
        } else {
          return write_url(value$26);
        }
      }
    }
  }
  function write_call(node$27, depth$28) {
    {
      let name$29 = node$27.name;
      let props$30 = node$27.props;
      return p$str("(", name$29, p$join(p$map(((prop$31) => {
        return write_prop(p$str(name$29, " :", prop$31), prop$31, p$get(props$30, prop$31), depth$28);
      }), p$keys(props$30)), ""), spaced(p$map_indexed(((i$32, child$33) => {
        return write_value(child$33, p$str("child ", (i$32 + 1), " of ", name$29), depth$28);
      }), node$27.children)), ")");
    }
  }
  function write_prop(path$34, prop$35, value$36, depth$37) {
    if (p$starts_with$q(write_key(prop$35), ":")) {
      return p$str(" :", prop$35, " ", write_value(value$36, path$34, depth$37));
    } else {
      return cannot_travel(path$34, value$36);
    }
  }
  function cannot_travel(path$38, value$39) {
    return p$refuse("wire/not-serialisable", { path: path$38, found: value$39 });
  }
  function write_value(value$40, path$41, depth$42) {
    check_depth(depth$42);
    if (host.isTrue(p$markup$q(value$40))) {
      return write_markup(value$40, depth$42);
    } else {
      if (host.isTrue(p$trusted_url$q(value$40))) {
        return write_url(value$40);
      } else {
        if (host.isTrue(p$handler$q(value$40))) {
          return p$str("(sx:handler ", value$40.address, spaced(write_data_items(value$40.data, path$41, depth$42)), ")");
        } else {
          if ((p$symbol$q(value$40) || p$keyword$q(value$40))) {
            return p$str("(quote ", write_datum(value$40, path$41, (depth$42 + 1)), ")");
          } else {
            if (p$list$q(value$40)) {
              if (host.isTrue(plain$q(value$40, depth$42))) {
                return p$str("(quote ", write_datum(value$40, path$41, (depth$42 + 1)), ")");
              } else {
                return p$str("(list", spaced(p$map_indexed(((i$43, each$44) => {
                  return write_value(each$44, p$str(path$41, "[", i$43, "]"), (depth$42 + 1));
                }), value$40)), ")");
              }
            } else {
              if (p$dict$q(value$40)) {
                return write_entries(value$40, ((key$45) => {
                  return write_value(p$get(value$40, key$45), p$str(path$41, ".", key$45), (depth$42 + 1));
                }));
              } else {
                return write_datum(value$40, path$41, depth$42);
              }
            }
          }
        }
      }
    }
  }
  function write_markup(markup$46, depth$47) {
    if (host.isTrue(p$raw_markup$q(markup$46))) {
      return write_raw(p$raw_html(markup$46));
    } else {
      {
        let nodes$48 = join_neighbours(p$markup_nodes(markup$46));
        {
          let written$49 = write_nodes(nodes$48, (depth$47 + 1));
          if (((nodes$48.length === 1) && (!p$string$q(nodes$48[0]) && !host.isTrue(p$raw_node$q(nodes$48[0]))))) {
            return written$49[0];
          } else {
            return p$str("(\u003c>", spaced(written$49), ")");
          }
        }
      }
    }
  }
  function plain$q(value$50, depth$51) {
    check_depth(depth$51);
    if (p$list$q(value$50)) {
      return p$every$q(((each$52) => {
        return plain$q(each$52, (depth$51 + 1));
      }), value$50);
    } else {
      if (p$dict$q(value$50)) {
        return p$every$q(((key$53) => {
          return plain$q(p$get(value$50, key$53), (depth$51 + 1));
        }), p$keys(value$50));
      } else {
        return !(host.isTrue(p$markup$q(value$50)) || (host.isTrue(p$trusted_url$q(value$50)) || host.isTrue(p$handler$q(value$50))));
      }
    }
  }
  function write_datum(value$54, path$55, depth$56) {
    check_depth(depth$56);
    if (p$list$q(value$54)) {
      return p$str("(", p$join(write_data_items(value$54, path$55, depth$56), " "), ")");
    } else {
      if (p$dict$q(value$54)) {
        return write_entries(value$54, ((key$57) => {
          return write_datum(p$get(value$54, key$57), p$str(path$55, ".", key$57), (depth$56 + 1));
        }));
      } else {
        if (p$string$q(value$54)) {
          return write_text(value$54);
        } else {
          {
            let written$58;
            try {
              written$58 = p$write_data(value$54);
            } catch (error) {
              let e$59 = host.caught(error);
              written$58 = "#";
            }
            if (p$starts_with$q(written$58, "#")) {
              return cannot_travel(path$55, value$54);
            } else {
              return written$58;
            }
          }
        }
      }
    }
  }
  function write_data_items(items$60, path$61, depth$62) {
    return p$map_indexed(((i$63, each$64) => {
      return write_datum(each$64, p$str(path$61, "[", i$63, "]"), (depth$62 + 1));
    }), items$60);
  }
  function write_entries(value$65, write$66) {
    return p$str("{", p$join(p$map(((key$67) => {
      return p$str(write_key(key$67), " ", write$66(key$67));
    }), p$keys(value$65)), " "), "}");
  }
  function write_key(key$68) {
    {
      let written$69 = p$write_data(p$assoc({  }, p$well_formed(key$68), null));
      return written$69.slice(1, (written$69.length - 5));
    }
  }
  function parse_wire(text$70) {
    {
      let forms$71 = [];
      {
        let at$72 = skip_space(text$70, 0);
        loop73: while (true) {
          if ((at$72 < text$70.length)) {
            {
              let end$74 = form_end(text$70, at$72);
              read_form(forms$71, { text: text$70.slice(0, end$74), at: at$72 });
              at$72 = skip_space(text$70, end$74);
              continue loop73;
            }
          } else {
            null;
            break loop73;
          }
        }
      }
      return forms$71;
    }
  }
  function space_code$q(code$75) {
    let or$76, or$77, or$78;
    return (or$76 = (code$75 === 32), ((or$76 !== false && or$76 != null) ? or$76 : (or$77 = (code$75 === 10), ((or$77 !== false && or$77 != null) ? or$77 : (or$78 = (code$75 === 9), ((or$78 !== false && or$78 != null) ? or$78 : (code$75 === 13)))))));
  }
  function skip_space(text$79, at$80) {
    loop81: while (true) {
      if (host.isTrue(space_code$q(p$code_at(text$79, at$80)))) {
        at$80 = (at$80 + 1);
        continue loop81;
      } else {
        return at$80;
      }
    }
  }
  function form_end(text$82, start$83) {
    let or$85;
    {
      let code$84 = p$code_at(text$82, start$83);
      if ((code$84 === 34)) {
        return (or$85 = string_end(text$82, (start$83 + 1)), ((or$85 !== false && or$85 != null) ? or$85 : unclosed(text$82, start$83)));
      } else {
        if (((code$84 === 40) || (code$84 === 123))) {
          return brackets_end(text$82, start$83, start$83, 0);
        } else {
          if (((code$84 === 41) || (code$84 === 125))) {
            return (start$83 + 1);
          } else {
            return bare_end(text$82, start$83);
          }
        }
      }
    }
  }
  function unclosed(text$86, start$87) {
    return p$refuse_at("wire/unclosed", { opener: text$86.slice(start$87, (start$87 + 1)) }, text$86, start$87);
  }
  function bare_end(text$88, at$89) {
    loop90: while (true) {
      {
        let code$91 = p$code_at(text$88, at$89);
        if (((code$91 === -1) || (host.isTrue(space_code$q(code$91)) || p$contains$q([34, 40, 41, 123, 125], code$91)))) {
          return at$89;
        } else {
          at$89 = (at$89 + 1);
          continue loop90;
        }
      }
    }
  }
  function string_end(text$92, at$93) {
    loop94: while (true) {
      {
        let code$95 = p$code_at(text$92, at$93);
        if ((code$95 === -1)) {
          return null;
        } else {
          if ((code$95 === 34)) {
            return (at$93 + 1);
          } else {
            if ((code$95 === 92)) {
              at$93 = (at$93 + 2);
              continue loop94;
            } else {
              at$93 = (at$93 + 1);
              continue loop94;
            }
          }
        }
      }
    }
  }
  function brackets_end(text$96, start$97, at$98, depth$99) {
    loop100: while (true) {
      {
        let code$101 = p$code_at(text$96, at$98);
        if ((code$101 === -1)) {
          return unclosed(text$96, start$97);
        } else {
          if ((code$101 === 34)) {
            {
              let end$102 = string_end(text$96, (at$98 + 1));
              if ((end$102 == null)) {
                return unclosed(text$96, start$97);
              } else {
                at$98 = end$102;
                continue loop100;
              }
            }
          } else {
            if (((code$101 === 40) || (code$101 === 123))) {
              if (p$$e(depth$99, deepest_wire)) {
                return p$refuse_at("wire/too-deep", { limit: deepest_wire }, text$96, at$98);
              } else {
                const n$103 = (at$98 + 1);
                const n$104 = (depth$99 + 1);
                at$98 = n$103;
                depth$99 = n$104;
                continue loop100;
              }
            } else {
              if (((code$101 === 41) || (code$101 === 125))) {
                if ((depth$99 === 1)) {
                  return (at$98 + 1);
                } else {
                  const n$105 = (at$98 + 1);
                  const n$106 = (depth$99 - 1);
                  at$98 = n$105;
                  depth$99 = n$106;
                  continue loop100;
                }
              } else {
                at$98 = (at$98 + 1);
                continue loop100;
              }
            }
          }
        }
      }
    }
  }
  const wanted = (() => {
    return { form: "markup or a frame", node: "an element, a component, a text, raw!, \u003c> or sx:hole", attribute: "a string, true, trusted-url or raw!", value: "data, markup, quote, list, trusted-url or sx:handler", data: "data", string: "a string", address: "an address @h:…", mode: "one of inner, outer, before, prepend, append, after, delete, morph" };
  })();
  const swap_modes = (() => {
    return ["inner", "outer", "before", "prepend", "append", "after", "delete", "morph"];
  })();
  const markup_heads = (() => {
    return { "\u003c>": { first: [], rest: "node" }, "raw!": { first: ["string"], rest: null }, "sx:hole": { first: ["string"], rest: "node" } };
  })();
  const frame_heads = (() => {
    return { "sx:swap": { first: ["string", "mode"], rest: "node" }, "sx:fill": { first: ["string"], rest: "node" }, "sx:signal": { first: ["string", "data"], rest: null }, "sx:head": { first: [], rest: "node" }, "sx:need": { first: [], rest: "address" }, "sx:fail": { first: ["string", "data"], rest: null }, "sx:end": { first: [], rest: null } };
  })();
  const url_head = (() => {
    return { "trusted-url": { first: ["string"], rest: null } };
  })();
  const value_heads = (() => {
    return { quote: { first: ["data"], rest: null }, list: { first: [], rest: "value" }, "sx:handler": { first: ["address"], rest: "data" } };
  })();
  const heads_for = (() => {
    return { form: p$merge(markup_heads, frame_heads), node: markup_heads, attribute: p$merge(url_head, { "raw!": { first: ["string"], rest: null } }), value: p$merge(markup_heads, url_head, value_heads), string: {  }, address: {  }, mode: {  } };
  })();
  const element_plan = (() => {
    return { first: [], rest: "node" };
  })();
  const call_plan = (() => {
    return { first: [], rest: "value" };
  })();
  function unexpected(p$107, expected$108, found$109, at$110) {
    return p$refuse_at("wire/unexpected", { expected: expected$108, found: found$109 }, p$107.text, at$110);
  }
  function vouching(p$111, at$112, check$113) {
    {
      let answer$114;
      try {
        answer$114 = check$113();
      } catch (error) {
        let e$115 = host.caught(error);
        answer$114 = { refused: p$condition_message(e$115) };
      }
      if ((p$dict$q(answer$114) && p$has_key$q(answer$114, "refused"))) {
        return p$refuse_at("wire/refused", { reason: p$get(answer$114, "refused") }, p$111.text, at$112);
      } else {
        return answer$114;
      }
    }
  }
  function here(p$116) {
    return (p$116.at = skip_space(p$116.text, p$116.at));
  }
  function code_here(p$117) {
    return p$code_at(p$117.text, p$117.at);
  }
  function component_head$q(head$118) {
    let and$119;
    return (and$119 = p$starts_with$q(head$118, "~"), ((and$119 !== false && and$119 != null) ? (head$118.length > 1) : and$119));
  }
  function read_form(forms$120, p$121) {
    loop122: while (true) {
      here(p$121);
      if ((p$121.at < p$121.text.length)) {
        add_node(forms$120, read_item(p$121, "form"));
        continue loop122;
      } else {
        return null;
      }
    }
  }
  function add_node(nodes$123, node$124) {
    if (p$list$q(node$124)) {
      return p$for_each(((each$125) => {
        return p$push$x(nodes$123, each$125);
      }), node$124);
    } else {
      if (((node$124 === "") || (host.isTrue(p$raw_node$q(node$124)) && (node$124.html === "")))) {
        return null;
      } else {
        return p$push$x(nodes$123, node$124);
      }
    }
  }
  function read_item(p$126, want$127) {
    {
      let code$128 = code_here(p$126);
      if ((code$128 === 40)) {
        return read_list(p$126, want$127);
      } else {
        if ((code$128 === 123)) {
          return read_dict(p$126, want$127);
        } else {
          if (((code$128 === 41) || (code$128 === 125))) {
            return unexpected(p$126, p$get(wanted, want$127), ((code$128 === 41) ? ")" : "}"), p$126.at);
          } else {
            if ((code$128 === 34)) {
              return read_string(p$126, want$127);
            } else {
              return read_word(p$126, want$127);
            }
          }
        }
      }
    }
  }
  function read_list(p$129, want$130) {
    {
      let start$131 = p$129.at;
      (p$129.at = (start$131 + 1));
      if ((want$130 === "data")) {
        return read_rest(p$129, { head: "", start: start$131, plan: { first: [], rest: "data" }, items: [], attributes: [], props: {  } });
      } else {
        here(p$129);
        {
          let end$132 = word_end(p$129.text, p$129.at);
          {
            let head$133 = p$129.text.slice(p$129.at, end$132);
            {
              let plan$134 = plan_of(want$130, head$133);
              if ((plan$134 == null)) {
                unexpected(p$129, p$get(wanted, want$130), ((head$133 === "") ? "a list" : p$str("the list (", head$133, " …)")), start$131);
              } else {
                null;
              }
              (p$129.at = end$132);
              {
                let value$135 = finish(read_rest(p$129, { head: head$133, start: start$131, plan: plan$134, items: [], attributes: [], props: {  } }), p$129);
                if ((want$130 === "value")) {
                  return as_markup(value$135, head$133);
                } else {
                  return value$135;
                }
              }
            }
          }
        }
      }
    }
  }
  function plan_of(want$136, head$137) {
    {
      let heads$138 = p$get(heads_for, want$136);
      if ((head$137 === "__proto__")) {
        return null;
      } else {
        if (p$has_key$q(heads$138, head$137)) {
          return p$get(heads$138, head$137);
        } else {
          if (!((want$136 === "form") || ((want$136 === "node") || (want$136 === "value")))) {
            return null;
          } else {
            if (host.isTrue(component_head$q(head$137))) {
              return call_plan;
            } else {
              if (host.isTrue(p$element_name$q(head$137))) {
                return element_plan;
              } else {
                return null;
              }
            }
          }
        }
      }
    }
  }
  function read_rest(p$139, open$140) {
    {
      loop141: while (true) {
        here(p$139);
        {
          let code$142 = code_here(p$139);
          if (((code$142 === 41) || (code$142 === 125))) {
            close_list(p$139, open$140, code$142);
            break loop141;
          } else {
            read_part(p$139, open$140, code$142);
            continue loop141;
          }
        }
      }
    }
    if ((open$140.head === "")) {
      return open$140.items;
    } else {
      return open$140;
    }
  }
  function close_list(p$143, open$144, code$145) {
    {
      let missing$146 = item_or_none(open$144.plan.first, open$144.items.length);
      if ((code$145 === 125)) {
        unexpected(p$143, ")", "}", p$143.at);
      } else {
        null;
      }
      if (!(missing$146 == null)) {
        unexpected(p$143, p$get(wanted, missing$146), ")", p$143.at);
      } else {
        null;
      }
      return (p$143.at = (p$143.at + 1));
    }
  }
  function item_or_none(items$147, i$148) {
    if ((i$148 < items$147.length)) {
      return items$147[i$148];
    } else {
      return null;
    }
  }
  function want_next(open$149) {
    let or$150;
    return (or$150 = item_or_none(open$149.plan.first, open$149.items.length), ((or$150 !== false && or$150 != null) ? or$150 : open$149.plan.rest));
  }
  function read_part(p$151, open$152, code$153) {
    {
      let want$154 = want_next(open$152);
      let at$155 = p$151.at;
      if (((code$153 === 58) && !(want$154 === "data"))) {
        return read_named(p$151, open$152);
      } else {
        if ((want$154 == null)) {
          return unexpected(p$151, "nothing more", "more", at$155);
        } else {
          if ((want$154 === "node")) {
            return add_node(open$152.items, read_item(p$151, want$154));
          } else {
            return p$push$x(open$152.items, read_item(p$151, want$154));
          }
        }
      }
    }
  }
  function read_named(p$156, open$157) {
    {
      let at$158 = p$156.at;
      {
        let end$159 = p$max(word_end(p$156.text, at$158), (at$158 + 1));
        {
          let name$160 = p$156.text.slice((at$158 + 1), end$159);
          let element$161 = (open$157.plan === element_plan);
          (p$156.at = end$159);
          check_name_here(p$156, open$157, name$160, at$158, element$161);
          here(p$156);
          {
            let code$162 = code_here(p$156);
            let start$163 = p$156.at;
            if ((code$162 === 125)) {
              unexpected(p$156, ")", "}", start$163);
            } else {
              null;
            }
            if ((code$162 === 41)) {
              unexpected(p$156, p$str("the value of ", name$160), ")", start$163);
            } else {
              null;
            }
            if ((element$161 !== false && element$161 != null)) {
              return add_attribute(p$156, open$157, name$160, read_item(p$156, "attribute"), start$163);
            } else {
              return p$dict_set$x(open$157.props, name$160, read_item(p$156, "value"));
            }
          }
        }
      }
    }
  }
  function check_name_here(p$164, open$165, name$166, at$167, element$168) {
    {
      let word$169 = p$str(":", name$166);
      let want$170 = want_next(open$165);
      if ((name$166 === "__proto__")) {
        vouching(p$164, at$167, (() => {
          return p$refuse("dict/bad-key", { key: name$166 });
        }));
      } else {
        null;
      }
      if (!((element$168 !== false && element$168 != null) || host.isTrue(component_head$q(open$165.head)))) {
        if ((want$170 == null)) {
          unexpected(p$164, "nothing more", "more", at$167);
        } else {
          unexpected(p$164, p$get(wanted, want$170), word$169, at$167);
        }
      } else {
        null;
      }
      if ((open$165.items.length > 0)) {
        unexpected(p$164, "content, now that it has begun", word$169, at$167);
      } else {
        null;
      }
      if (((element$168 !== false && element$168 != null) ? (name$166 === "") : !host.isTrue(keyword_name$q(name$166)))) {
        unexpected(p$164, "a name after the colon", word$169, at$167);
      } else {
        null;
      }
      if ((element$168 !== false && element$168 != null)) {
        vouching(p$164, at$167, (() => {
          return check_name(open$165.head, name$166);
        }));
      } else {
        null;
      }
      if (((element$168 !== false && element$168 != null) ? host.isTrue(p$some(((attribute$171) => {
        return p$$e(p$first(attribute$171), p$str(name$166));
      }), open$165.attributes)) : p$has_key$q(open$165.props, name$166))) {
        return unexpected(p$164, "each name once", p$str(word$169, " again"), at$167);
      } else {
        return null;
      }
    }
  }
  function add_attribute(p$172, open$173, name$174, value$175, start$176) {
    {
      let given$177;
      if (host.isTrue(p$raw_node$q(value$175))) {
        given$177 = p$raw$x(value$175.html);
      } else {
        given$177 = value$175;
      }
      {
        let decided$178 = vouching(p$172, start$176, (() => {
          return decide_attribute(open$173.head, name$174, given$177);
        }));
        if (!(decided$178 == null)) {
          return p$push$x(open$173.attributes, [printed_name(name$174), decided$178]);
        } else {
          return null;
        }
      }
    }
  }
  function finish(open$179, p$180) {
    {
      let head$181 = open$179.head;
      let items$182 = open$179.items;
      if (host.isTrue(component_head$q(head$181))) {
        return p$make_call(head$181, open$179.props, items$182);
      } else {
        if (host.isTrue(one_of$q(plain_lists, head$181))) {
          return items$182;
        } else {
          if ((head$181 === "raw!")) {
            return p$make_raw(items$182[0]);
          } else {
            if ((head$181 === "trusted-url")) {
              return p$trusted_url(items$182[0]);
            } else {
              if ((head$181 === "quote")) {
                return items$182[0];
              } else {
                if ((head$181 === "sx:hole")) {
                  return p$make_hole(items$182[0], p$rest(items$182));
                } else {
                  if ((head$181 === "sx:handler")) {
                    return p$make_handler(items$182[0], p$rest(items$182));
                  } else {
                    if (p$starts_with$q(head$181, "sx:")) {
                      return make_frame_of(p$180, open$179);
                    } else {
                      return make_element_of(p$180, open$179);
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
  const plain_lists = (() => {
    return { "\u003c>": true, list: true };
  })();
  function make_element_of(p$183, open$184) {
    {
      let tag$185 = open$184.head;
      let items$186 = open$184.items;
      let at$187 = open$184.start;
      if ((host.isTrue(one_of$q(void_tags, tag$185)) && (items$186.length > 0))) {
        vouching(p$183, at$187, (() => {
          return p$refuse("html/void-children", { tag: tag$185 });
        }));
      } else {
        null;
      }
      if ((host.isTrue(one_of$q(raw_text_tags, tag$185)) || host.isTrue(one_of$q(escapable_text_tags, tag$185)))) {
        if (host.isTrue(p$some(((each$188) => {
          return !p$string$q(each$188);
        }), items$186))) {
          unexpected(p$183, p$str("text alone inside ", tag$185), "markup", at$187);
        } else {
          null;
        }
        {
          let text$189 = vouching(p$183, at$187, (() => {
            return decide_text_content(tag$185, items$186);
          }));
          return p$make_element(tag$185, open$184.attributes, ((text$189 === "") ? [] : [text$189]));
        }
      } else {
        return p$make_element(tag$185, open$184.attributes, items$186);
      }
    }
  }
  function make_frame_of(p$190, open$191) {
    {
      let items$192 = open$191.items;
      {
        let case_value$193 = open$191.head;
        if ((case_value$193 === "sx:swap")) {
          return { frame: "swap", target: items$192[0], mode: items$192[1], nodes: p$drop(items$192, 2) };
        } else {
          if ((case_value$193 === "sx:fill")) {
            return { frame: "fill", id: items$192[0], nodes: p$rest(items$192) };
          } else {
            if ((case_value$193 === "sx:signal")) {
              return { frame: "signal", name: items$192[0], data: items$192[1] };
            } else {
              if ((case_value$193 === "sx:head")) {
                return { frame: "head", nodes: items$192 };
              } else {
                if ((case_value$193 === "sx:need")) {
                  return { frame: "need", addresses: items$192 };
                } else {
                  if ((case_value$193 === "sx:fail")) {
                    return make_failure(p$190, open$191, items$192[0], items$192[1]);
                  } else {
                    return { frame: "end" };
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function make_failure(p$194, open$195, id$196, data$197) {
    if ((p$dict$q(data$197) && (p$string$q(p$get(data$197, "kind")) && p$string$q(p$get(data$197, "message"))))) {
      return { frame: "fail", id: id$196, kind: p$get(data$197, "kind"), message: p$get(data$197, "message") };
    } else {
      return unexpected(p$194, "{:kind string :message string}", "something else", open$195.start);
    }
  }
  function as_markup(value$198, head$199) {
    if (host.isTrue(p$raw_node$q(value$198))) {
      return p$raw$x(value$198.html);
    } else {
      if ((head$199 === "\u003c>")) {
        return p$make_markup(value$198);
      } else {
        if ((host.isTrue(p$element_node$q(value$198)) || (host.isTrue(p$call_node$q(value$198)) || host.isTrue(p$hole_node$q(value$198))))) {
          return p$make_markup([value$198]);
        } else {
          return value$198;
        }
      }
    }
  }
  function read_dict(p$200, want$201) {
    {
      let start$202 = p$200.at;
      let entries$203 = {  };
      (p$200.at = (start$202 + 1));
      if (!((want$201 === "value") || (want$201 === "data"))) {
        unexpected(p$200, p$get(wanted, want$201), "a dict", start$202);
      } else {
        null;
      }
      {
        loop204: while (true) {
          here(p$200);
          {
            let code$205 = code_here(p$200);
            let at$206 = p$200.at;
            if ((code$205 === 125)) {
              (p$200.at = (at$206 + 1));
              break loop204;
            } else {
              if ((code$205 === 41)) {
                unexpected(p$200, "}", ")", at$206);
                break loop204;
              } else {
                read_entry(p$200, entries$203, want$201);
                continue loop204;
              }
            }
          }
        }
      }
      return entries$203;
    }
  }
  function read_entry(p$207, entries$208, want$209) {
    {
      let at$210 = p$207.at;
      {
        let key$211 = read_key(p$207, at$210);
        if ((key$211 === "__proto__")) {
          vouching(p$207, at$210, (() => {
            return p$refuse("dict/bad-key", { key: key$211 });
          }));
        } else {
          null;
        }
        if (p$has_key$q(entries$208, key$211)) {
          unexpected(p$207, "each key once", p$str(key$211, " again"), at$210);
        } else {
          null;
        }
        here(p$207);
        {
          let code$212 = code_here(p$207);
          if ((code$212 === 41)) {
            unexpected(p$207, "}", ")", p$207.at);
          } else {
            null;
          }
          if ((code$212 === 125)) {
            unexpected(p$207, p$str("the value of ", key$211), "}", p$207.at);
          } else {
            null;
          }
          return p$dict_set$x(entries$208, key$211, read_item(p$207, want$209));
        }
      }
    }
  }
  function read_key(p$213, at$214) {
    {
      let code$215 = code_here(p$213);
      if ((code$215 === 34)) {
        return read_string(p$213, "string");
      } else {
        if ((code$215 === 58)) {
          {
            let end$216 = p$max(word_end(p$213.text, at$214), (at$214 + 1));
            {
              let name$217 = p$213.text.slice((at$214 + 1), end$216);
              if (!host.isTrue(keyword_name$q(name$217))) {
                unexpected(p$213, "a name after the colon", p$str(":", name$217), at$214);
              } else {
                null;
              }
              (p$213.at = end$216);
              return name$217;
            }
          }
        } else {
          return unexpected(p$213, "a key", "something else", at$214);
        }
      }
    }
  }
  function keyword_name$q(name$218) {
    try {
      return p$keyword$q(p$read_data(p$str(":", name$218)));
    } catch (error) {
      let e$219 = host.caught(error);
      return false;
    }
  }
  function read_string(p$220, want$221) {
    {
      let start$222 = p$220.at;
      {
        let end$223 = string_end(p$220.text, (start$222 + 1));
        {
          let text$224 = vouching(p$220, start$222, (() => {
            return p$read_data(p$220.text.slice(start$222, end$223));
          }));
          (p$220.at = end$223);
          if (((want$221 === "address") || (want$221 === "mode"))) {
            return unexpected(p$220, p$get(wanted, want$221), "a string", start$222);
          } else {
            return text$224;
          }
        }
      }
    }
  }
  function read_word(p$225, want$226) {
    {
      let start$227 = p$225.at;
      {
        let end$228 = p$max(word_end(p$225.text, start$227), (start$227 + 1));
        {
          let word$229 = p$225.text.slice(start$227, end$228);
          {
            let found$230 = word_value(p$225, word$229, want$226, start$227);
            (p$225.at = end$228);
            if ((found$230 == null)) {
              return unexpected(p$225, p$get(wanted, want$226), p$str("the word ", word$229.slice(0, 60)), start$227);
            } else {
              return found$230[0];
            }
          }
        }
      }
    }
  }
  function word_value(p$231, word$232, want$233, start$234) {
    if ((want$233 === "address")) {
      if (host.isTrue(address$q(word$232))) {
        return [word$232];
      } else {
        return null;
      }
    } else {
      if ((want$233 === "mode")) {
        if (p$contains$q(swap_modes, word$232)) {
          return [word$232];
        } else {
          return null;
        }
      } else {
        if ((want$233 === "attribute")) {
          if ((word$232 === "true")) {
            return [true];
          } else {
            return null;
          }
        } else {
          if ((want$233 === "string")) {
            return null;
          } else {
            if (host.isTrue(number_like$q(word$232))) {
              {
                let number$235 = vouching(p$231, start$234, (() => {
                  return p$read_data(word$232);
                }));
                return [(((want$233 === "node") || (want$233 === "form")) ? number_text(number$235) : number$235)];
              }
            } else {
              if (!((want$233 === "value") || (want$233 === "data"))) {
                return null;
              } else {
                if ((word$232 === "true")) {
                  return [true];
                } else {
                  if ((word$232 === "false")) {
                    return [false];
                  } else {
                    if ((word$232 === "nil")) {
                      return [null];
                    } else {
                      if ((want$233 === "value")) {
                        return null;
                      } else {
                        if ((p$code_at(word$232, 0) === 65279)) {
                          return null;
                        } else {
                          try {
                            return [p$read_data(word$232)];
                          } catch (error) {
                            let e$236 = host.caught(error);
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
  function number_like$q(word$237) {
    {
      let i$238;
      if (p$contains$q([43, 45], p$code_at(word$237, 0))) {
        i$238 = 1;
      } else {
        i$238 = 0;
      }
      return digit_code$q(p$code_at(word$237, ((p$code_at(word$237, i$238) === 46) ? (i$238 + 1) : i$238)));
    }
  }
  function address$q(word$239) {
    let and$240, and$241, and$242, or$243, and$244, and$245, and$246;
    return (and$240 = p$starts_with$q(word$239, "@h:"), ((and$240 !== false && and$240 != null) ? (and$241 = (word$239.length >= 67), ((and$241 !== false && and$241 != null) ? (and$242 = all_codes$q(word$239, 3, 67, hex_code$q), ((and$242 !== false && and$242 != null) ? (or$243 = (word$239.length === 67), ((or$243 !== false && or$243 != null) ? or$243 : (and$244 = (p$code_at(word$239, 67) === 46), ((and$244 !== false && and$244 != null) ? (and$245 = (word$239.length > 68), ((and$245 !== false && and$245 != null) ? (and$246 = (word$239.length <= 73), ((and$246 !== false && and$246 != null) ? all_codes$q(word$239, 68, word$239.length, digit_code$q) : and$246)) : and$245)) : and$244)))) : and$242)) : and$241)) : and$240));
  }
  function hex_code$q(code$247) {
    let or$248, and$249;
    return (or$248 = digit_code$q(code$247), ((or$248 !== false && or$248 != null) ? or$248 : (and$249 = (code$247 >= 97), ((and$249 !== false && and$249 != null) ? (code$247 <= 102) : and$249))));
  }
  function all_codes$q(word$250, from$251, to$252, test$253) {
    {
      let i$254 = from$251;
      loop255: while (true) {
        if (p$$e(i$254, to$252)) {
          return true;
        } else {
          if (host.isTrue(test$253(p$code_at(word$250, i$254)))) {
            i$254 = (i$254 + 1);
            continue loop255;
          } else {
            return false;
          }
        }
      }
    }
  }
  function word_end(text$256, at$257) {
    loop258: while (true) {
      if (((at$257 >= text$256.length) || host.isTrue(delimiter_code$q(p$code_at(text$256, at$257))))) {
        return at$257;
      } else {
        at$257 = (at$257 + 1);
        continue loop258;
      }
    }
  }
  function delimiter_code$q(code$259) {
    return p$contains$q([32, 10, 9, 13, 12, 40, 41, 91, 93, 123, 125, 34, 59, 39, 96, 44], code$259);
  }
  return {
    "deepest-wire": deepest_wire,
    "write-wire": write_wire,
    "write-frame": write_frame,
    "frame-parts": frame_parts,
    "spaced": spaced,
    "write-text": write_text,
    "check-depth": check_depth,
    "write-nodes": write_nodes,
    "join-neighbours": join_neighbours,
    "add-joined": add_joined,
    "write-node": write_node,
    "write-raw": write_raw,
    "write-url": write_url,
    "write-element": write_element,
    "write-attribute": write_attribute,
    "write-call": write_call,
    "write-prop": write_prop,
    "cannot-travel": cannot_travel,
    "write-value": write_value,
    "write-markup": write_markup,
    "plain?": plain$q,
    "write-datum": write_datum,
    "write-data-items": write_data_items,
    "write-entries": write_entries,
    "write-key": write_key,
    "parse-wire": parse_wire,
    "space-code?": space_code$q,
    "skip-space": skip_space,
    "form-end": form_end,
    "unclosed": unclosed,
    "bare-end": bare_end,
    "string-end": string_end,
    "brackets-end": brackets_end,
    "wanted": wanted,
    "swap-modes": swap_modes,
    "markup-heads": markup_heads,
    "frame-heads": frame_heads,
    "url-head": url_head,
    "value-heads": value_heads,
    "heads-for": heads_for,
    "element-plan": element_plan,
    "call-plan": call_plan,
    "unexpected": unexpected,
    "vouching": vouching,
    "here": here,
    "code-here": code_here,
    "component-head?": component_head$q,
    "read-form": read_form,
    "add-node": add_node,
    "read-item": read_item,
    "read-list": read_list,
    "plan-of": plan_of,
    "read-rest": read_rest,
    "close-list": close_list,
    "item-or-none": item_or_none,
    "want-next": want_next,
    "read-part": read_part,
    "read-named": read_named,
    "check-name-here": check_name_here,
    "add-attribute": add_attribute,
    "finish": finish,
    "plain-lists": plain_lists,
    "make-element-of": make_element_of,
    "make-frame-of": make_frame_of,
    "make-failure": make_failure,
    "as-markup": as_markup,
    "read-dict": read_dict,
    "read-entry": read_entry,
    "read-key": read_key,
    "keyword-name?": keyword_name$q,
    "read-string": read_string,
    "read-word": read_word,
    "word-value": word_value,
    "number-like?": number_like$q,
    "address?": address$q,
    "hex-code?": hex_code$q,
    "all-codes?": all_codes$q,
    "word-end": word_end,
    "delimiter-code?": delimiter_code$q,
  };
}
