// Emitted from sx/spec/render.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$reduce = host.primitive("reduce");
  const p$assoc = host.primitive("assoc");
  const p$split = host.primitive("split");
  const p$has_key$q = host.primitive("has-key?");
  const p$string$q = host.primitive("string?");
  const p$number$q = host.primitive("number?");
  const p$markup$q = host.primitive("markup?");
  const p$for_each = host.primitive("for-each");
  const p$push$x = host.primitive("push!");
  const p$markup_nodes = host.primitive("markup-nodes");
  const p$boolean$q = host.primitive("boolean?");
  const p$list$q = host.primitive("list?");
  const p$refuse = host.primitive("refuse");
  const p$str = host.primitive("str");
  const p$join = host.primitive("join");
  const p$map = host.primitive("map");
  const p$raw_markup$q = host.primitive("raw-markup?");
  const p$raw_html = host.primitive("raw-html");
  const p$dict$q = host.primitive("dict?");
  const p$component$q = host.primitive("component?");
  const p$keyword$q = host.primitive("keyword?");
  const p$symbol$q = host.primitive("symbol?");
  const p$lower = host.primitive("lower");
  const p$includes$q = host.primitive("includes?");
  const p$code_at = host.primitive("code-at");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$trusted_url$q = host.primitive("trusted-url?");
  const p$make_raw = host.primitive("make-raw");
  const p$contains$q = host.primitive("contains?");
  const p$some = host.primitive("some");
  const p$trim = host.primitive("trim");
  const p$$e = host.primitive("=");
  const p$filter = host.primitive("filter");
  const p$get = host.primitive("get");
  const p$keys = host.primitive("keys");
  const p$index_of = host.primitive("index-of");
  const p$substring = host.primitive("substring");
  const p$trim_start = host.primitive("trim-start");
  const p$rest = host.primitive("rest");
  const p$merge = host.primitive("merge");
  const p$raw_node$q = host.primitive("raw-node?");
  const p$element_node$q = host.primitive("element-node?");
  const p$hole_node$q = host.primitive("hole-node?");
  const p$replace = host.primitive("replace");
  const void_tags = (() => {
    return words("area base br col embed hr img input link meta param source track wbr");
  })();
  const raw_text_tags = (() => {
    return words("script style");
  })();
  const escapable_text_tags = (() => {
    return words("title textarea");
  })();
  const leading_newline_tags = (() => {
    return words("pre textarea listing");
  })();
  const boolean_attributes = (() => {
    return words("allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected shadowrootclonable shadowrootdelegatesfocus shadowrootserializable");
  })();
  const enumerated_attributes = (() => {
    return words("contenteditable draggable spellcheck translate autocorrect writingsuggestions");
  })();
  const url_attributes = (() => {
    return words("href src action formaction xlink:href poster cite data background longdesc manifest ping profile usemap codebase classid icon archive");
  })();
  const safe_schemes = (() => {
    return words("http https mailto tel sms geo xmpp matrix magnet webcal feed ipfs ipns");
  })();
  function words(text$1) {
    return p$reduce(((found$2, word$3) => {
      return p$assoc(found$2, word$3, true);
    }), {  }, p$split(text$1, " "));
  }
  function one_of$q(words$4, name$5) {
    return p$has_key$q(words$4, name$5);
  }
  function decide_child(value$6) {
    {
      let nodes$7 = [];
      gather_child(nodes$7, value$6);
      return nodes$7;
    }
  }
  function gather_child(nodes$8, value$9) {
    if (p$string$q(value$9)) {
      return add_text(nodes$8, value$9);
    } else {
      if (p$number$q(value$9)) {
        return add_text(nodes$8, number_text(value$9));
      } else {
        if (host.isTrue(p$markup$q(value$9))) {
          return p$for_each(((node$10) => {
            return p$push$x(nodes$8, node$10);
          }), p$markup_nodes(value$9));
        } else {
          if (((value$9 == null) || p$boolean$q(value$9))) {
            return null;
          } else {
            if (p$list$q(value$9)) {
              return p$for_each(((each$11) => {
                return gather_child(nodes$8, each$11);
              }), value$9);
            } else {
              return p$refuse("html/bad-child", { found: value$9 });
            }
          }
        }
      }
    }
  }
  function add_text(nodes$12, text$13) {
    if (!(text$13 === "")) {
      if (((nodes$12.length > 0) && p$string$q(nodes$12[(nodes$12.length - 1)]))) {
        return p$push$x(nodes$12, p$str(nodes$12.pop(), text$13));
      } else {
        return p$push$x(nodes$12, text$13);
      }
    } else {
      return null;
    }
  }
  function number_text(value$14) {
    return p$str((value$14 + 0));
  }
  function decide_text_content(tag$15, values$16) {
    {
      let text$17 = p$join(p$map(((value$18) => {
        return plain_text(tag$15, value$18);
      }), values$16), "");
      if ((host.isTrue(one_of$q(raw_text_tags, tag$15)) && host.isTrue(ends_raw_text$q(tag$15, text$17)))) {
        p$refuse("html/raw-text", { tag: tag$15, found: text$17 });
      } else {
        null;
      }
      return text$17;
    }
  }
  function plain_text(tag$19, value$20) {
    if (p$string$q(value$20)) {
      return value$20;
    } else {
      if (p$number$q(value$20)) {
        return number_text(value$20);
      } else {
        if (((value$20 == null) || p$boolean$q(value$20))) {
          return "";
        } else {
          if ((host.isTrue(p$raw_markup$q(value$20)) && host.isTrue(one_of$q(raw_text_tags, tag$19)))) {
            return p$raw_html(value$20);
          } else {
            if (p$list$q(value$20)) {
              return p$join(p$map(((each$21) => {
                return plain_text(tag$19, each$21);
              }), value$20), "");
            } else {
              if ((p$dict$q(value$20) || (host.isTrue(p$component$q(value$20)) || (p$keyword$q(value$20) || p$symbol$q(value$20))))) {
                return p$refuse("html/bad-child", { found: value$20 });
              } else {
                return p$refuse("html/raw-text", { tag: tag$19, found: value$20 });
              }
            }
          }
        }
      }
    }
  }
  function ends_raw_text$q(tag$22, text$23) {
    let or$25, or$26;
    {
      let text$24 = p$lower(text$23);
      if ((tag$22 === "style")) {
        return opens_tag$q(text$24);
      } else {
        return (or$25 = p$includes$q(text$24, "\u003c/script"), ((or$25 !== false && or$25 != null) ? or$25 : (or$26 = p$includes$q(text$24, "\u003c/style"), ((or$26 !== false && or$26 != null) ? or$26 : p$includes$q(text$24, "\u003c!--")))));
      }
    }
  }
  function opens_tag$q(text$27) {
    {
      let i$28 = 0;
      loop29: while (true) {
        if ((i$28 >= text$27.length)) {
          return false;
        } else {
          if (((p$code_at(text$27, i$28) === 60) && host.isTrue(tag_opening_code$q(p$code_at(text$27, (i$28 + 1)))))) {
            return true;
          } else {
            i$28 = (i$28 + 1);
            continue loop29;
          }
        }
      }
    }
  }
  function tag_opening_code$q(code$30) {
    let or$31, or$32, or$33;
    return (or$31 = letter_code$q(code$30), ((or$31 !== false && or$31 != null) ? or$31 : (or$32 = (code$30 === 47), ((or$32 !== false && or$32 != null) ? or$32 : (or$33 = (code$30 === 33), ((or$33 !== false && or$33 != null) ? or$33 : (code$30 === 63)))))));
  }
  function letter_code$q(code$34) {
    let and$35, or$36, and$37;
    return (or$36 = (and$35 = (code$34 >= 97), ((and$35 !== false && and$35 != null) ? (code$34 <= 122) : and$35)), ((or$36 !== false && or$36 != null) ? or$36 : (and$37 = (code$34 >= 65), ((and$37 !== false && and$37 != null) ? (code$34 <= 90) : and$37))));
  }
  function digit_code$q(code$38) {
    let and$39;
    return (and$39 = (code$38 >= 48), ((and$39 !== false && and$39 != null) ? (code$38 <= 57) : and$39));
  }
  function decide_attribute(tag$40, name$41, value$42) {
    {
      let plain$43 = p$lower(name$41);
      if ((value$42 == null)) {
        return null;
      } else {
        if ((plain$43 === "class")) {
          return decide_class(tag$40, value$42);
        } else {
          if ((plain$43 === "style")) {
            return decide_style(tag$40, value$42);
          } else {
            if (p$boolean$q(value$42)) {
              return decide_truth(name$41, value$42);
            } else {
              if (host.isTrue(holds_script$q(tag$40, plain$43, value$42))) {
                return p$refuse("html/unsafe-attribute", { attribute: name$41, tag: tag$40 });
              } else {
                if (host.isTrue(one_of$q(url_attributes, plain$43))) {
                  return decide_address(tag$40, name$41, value$42);
                } else {
                  if (((plain$43 === "srcset") || (plain$43 === "imagesrcset"))) {
                    return candidates(tag$40, name$41, value$42);
                  } else {
                    return attribute_text(tag$40, name$41, value$42);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function decide_truth(name$44, value$45) {
    if (host.isTrue(truth_words$q(name$44))) {
      if ((value$45 !== false && value$45 != null)) {
        return "true";
      } else {
        return "false";
      }
    } else {
      if ((value$45 !== false && value$45 != null)) {
        return true;
      } else {
        return null;
      }
    }
  }
  function truth_words$q(name$46) {
    let or$47, or$48;
    return (or$47 = p$starts_with$q(name$46, "aria-"), ((or$47 !== false && or$47 != null) ? or$47 : (or$48 = p$starts_with$q(name$46, "data-"), ((or$48 !== false && or$48 != null) ? or$48 : one_of$q(enumerated_attributes, name$46)))));
  }
  function attribute_text(tag$49, name$50, value$51) {
    if (p$string$q(value$51)) {
      return value$51;
    } else {
      if (p$number$q(value$51)) {
        return number_text(value$51);
      } else {
        if ((host.isTrue(p$markup$q(value$51)) && (p$lower(name$50) === "srcdoc"))) {
          return decide_page(tag$49, name$50, html_of(p$markup_nodes(value$51)));
        } else {
          if (host.isTrue(p$trusted_url$q(value$51))) {
            return value$51;
          } else {
            return bad_value(tag$49, name$50, value$51, (host.isTrue(one_of$q(boolean_attributes, name$50)) ? "true or false" : "a string or a number"));
          }
        }
      }
    }
  }
  function decide_page(tag$52, name$53, html$54) {
    if (p$includes$q(html$54, "\u003csx-hole id=")) {
      return bad_value(tag$52, name$53, html$54, "markup without suspense");
    } else {
      return p$make_raw(html$54);
    }
  }
  function attribute_content(value$55) {
    if (p$string$q(value$55)) {
      return value$55;
    } else {
      if (host.isTrue(p$trusted_url$q(value$55))) {
        return value$55.url;
      } else {
        return value$55.html;
      }
    }
  }
  function bad_value(tag$56, name$57, value$58, expected$59) {
    return p$refuse("html/bad-attribute-value", { attribute: name$57, tag: tag$56, expected: expected$59, found: value$58 });
  }
  function holds_script$q(tag$60, name$61, value$62) {
    let and$63, or$64, and$65, or$66, and$67;
    if ((name$61 === "srcdoc")) {
      return !host.isTrue(p$markup$q(value$62));
    } else {
      if (!p$string$q(value$62)) {
        return false;
      } else {
        return (and$67 = (or$64 = (and$63 = (tag$60 === "meta"), ((and$63 !== false && and$63 != null) ? (name$61 === "content") : and$63)), ((or$64 !== false && or$64 != null) ? or$64 : (and$65 = p$contains$q(["to", "from", "by", "values"], name$61), ((and$65 !== false && and$65 != null) ? (or$66 = (tag$60 === "set"), ((or$66 !== false && or$66 != null) ? or$66 : p$starts_with$q(tag$60, "animate"))) : and$65)))), ((and$67 !== false && and$67 != null) ? names_script$q(value$62) : and$67));
      }
    }
  }
  function names_script$q(text$68) {
    {
      let clean$69 = p$lower(without_ignored(text$68));
      return p$some(((scheme$70) => {
        return p$includes$q(clean$69, scheme$70);
      }), ["javascript:", "vbscript:", "data:"]);
    }
  }
  function decide_address(tag$71, name$72, value$73) {
    {
      let text$74 = attribute_text(tag$71, name$72, value$73);
      if ((host.isTrue(p$trusted_url$q(text$74)) || host.isTrue(safe_url$q(text$74, p$lower(name$72), tag$71)))) {
        return text$74;
      } else {
        return p$refuse("html/unsafe-url", { url: text$74, attribute: name$72, tag: tag$71 });
      }
    }
  }
  function candidates(tag$75, name$76, value$77) {
    {
      let text$78 = attribute_text(tag$75, name$76, value$77);
      p$for_each(((candidate$79) => {
        if (!host.isTrue(safe_url$q(p$trim(candidate$79), "src", "img"))) {
          return p$refuse("html/unsafe-url", { url: candidate$79, attribute: name$76, tag: tag$75 });
        } else {
          return null;
        }
      }), p$split(attribute_content(text$78), ","));
      return text$78;
    }
  }
  function safe_url$q(url$80, attribute$81, tag$82) {
    let and$85;
    {
      let clean$83 = without_ignored(url$80);
      {
        let scheme$84 = scheme_of(clean$83);
        if ((((attribute$81 === "ping") || (attribute$81 === "archive")) && host.isTrue(names_script$q(url$80)))) {
          return false;
        } else {
          if ((scheme$84 == null)) {
            return true;
          } else {
            if (host.isTrue(one_of$q(safe_schemes, scheme$84))) {
              return true;
            } else {
              return (and$85 = shows_picture$q(attribute$81, tag$82), ((and$85 !== false && and$85 != null) ? inline_picture$q(p$lower(clean$83)) : and$85));
            }
          }
        }
      }
    }
  }
  function scheme_of(url$86) {
    {
      let i$87 = 0;
      loop88: while (true) {
        if (p$$e(i$87, url$86.length)) {
          return null;
        } else {
          {
            let code$89 = p$code_at(url$86, i$87);
            if ((code$89 === 58)) {
              return p$lower(url$86.slice(0, i$87));
            } else {
              if (((code$89 === 47) || ((code$89 === 63) || (code$89 === 35)))) {
                return null;
              } else {
                i$87 = (i$87 + 1);
                continue loop88;
              }
            }
          }
        }
      }
    }
  }
  function shows_picture$q(attribute$90, tag$91) {
    let or$92, or$93, and$94;
    return (or$92 = (attribute$90 === "poster"), ((or$92 !== false && or$92 != null) ? or$92 : (and$94 = (or$93 = (attribute$90 === "src"), ((or$93 !== false && or$93 != null) ? or$93 : (attribute$90 === "href"))), ((and$94 !== false && and$94 != null) ? p$contains$q(["img", "source", "image"], tag$91) : and$94))));
  }
  function inline_picture$q(url$95) {
    return p$some(((kind$96) => {
      let and$98;
      {
        let start$97 = p$str("data:image/", kind$96);
        return (and$98 = p$starts_with$q(url$95, start$97), ((and$98 !== false && and$98 != null) ? p$contains$q([59, 44], p$code_at(url$95, start$97.length)) : and$98));
      }
    }), ["png", "jpeg", "gif", "webp", "avif"]);
  }
  function without_ignored(text$99) {
    {
      let kept$100 = [];
      {
        let i$101 = 0;
        loop102: while (true) {
          if ((i$101 < text$99.length)) {
            if (!host.isTrue(ignored_code$q(p$code_at(text$99, i$101)))) {
              kept$100.push(text$99.slice(i$101, (i$101 + 1)));
            } else {
              null;
            }
            i$101 = (i$101 + 1);
            continue loop102;
          } else {
            null;
            break loop102;
          }
        }
      }
      return p$join(kept$100, "");
    }
  }
  function ignored_code$q(code$103) {
    let or$104, and$105, or$106, or$107, and$108, or$109, and$110, or$111, and$112, or$113, or$114;
    return (or$104 = (code$103 <= 32), ((or$104 !== false && or$104 != null) ? or$104 : (or$106 = (and$105 = (code$103 >= 127), ((and$105 !== false && and$105 != null) ? (code$103 <= 160) : and$105)), ((or$106 !== false && or$106 != null) ? or$106 : (or$107 = (code$103 === 5760), ((or$107 !== false && or$107 != null) ? or$107 : (or$109 = (and$108 = (code$103 >= 8192), ((and$108 !== false && and$108 != null) ? (code$103 <= 8207) : and$108)), ((or$109 !== false && or$109 != null) ? or$109 : (or$111 = (and$110 = (code$103 >= 8232), ((and$110 !== false && and$110 != null) ? (code$103 <= 8239) : and$110)), ((or$111 !== false && or$111 != null) ? or$111 : (or$113 = (and$112 = (code$103 >= 8287), ((and$112 !== false && and$112 != null) ? (code$103 <= 8303) : and$112)), ((or$113 !== false && or$113 != null) ? or$113 : (or$114 = (code$103 === 12288), ((or$114 !== false && or$114 != null) ? or$114 : (code$103 === 65279)))))))))))))));
  }
  function decide_class(tag$115, value$116) {
    {
      let text$117 = class_text(tag$115, value$116);
      if (((text$117 === "") && !p$string$q(value$116))) {
        return null;
      } else {
        return text$117;
      }
    }
  }
  function class_text(tag$118, value$119) {
    if (p$string$q(value$119)) {
      return value$119;
    } else {
      if (((value$119 == null) || p$boolean$q(value$119))) {
        return "";
      } else {
        if (p$number$q(value$119)) {
          return number_text(value$119);
        } else {
          if (p$list$q(value$119)) {
            return p$join(p$filter(((part$120) => {
              return !(part$120 === "");
            }), p$map(((each$121) => {
              return class_text(tag$118, each$121);
            }), value$119)), " ");
          } else {
            if (p$dict$q(value$119)) {
              return p$join(p$filter(((name$122) => {
                return p$get(value$119, name$122);
              }), p$keys(value$119)), " ");
            } else {
              return bad_value(tag$118, "class", value$119, "a string, a list or a dict");
            }
          }
        }
      }
    }
  }
  function decide_style(tag$123, value$124) {
    if (p$boolean$q(value$124)) {
      return null;
    } else {
      {
        let text$125 = style_text(tag$123, value$124);
        if ((text$125 === "")) {
          return null;
        } else {
          return text$125;
        }
      }
    }
  }
  function style_text(tag$126, value$127) {
    if (p$string$q(value$127)) {
      return declarations(tag$126, value$127);
    } else {
      if (p$list$q(value$127)) {
        return p$join(p$map(((part$128) => {
          return style_text(tag$126, part$128);
        }), p$filter(((part$129) => {
          let and$130;
          return (and$130 = !(part$129 == null), ((and$130 !== false && and$130 != null) ? !(part$129 === false) : and$130));
        }), value$127)), "");
      } else {
        if (p$dict$q(value$127)) {
          return p$join(p$map(((property$131) => {
            return declaration(tag$126, property$131, p$get(value$127, property$131));
          }), p$keys(value$127)), "");
        } else {
          return bad_value(tag$126, "style", value$127, "a dict of properties");
        }
      }
    }
  }
  function declaration(tag$132, property$133, setting$134) {
    if (((setting$134 == null) || (setting$134 === false))) {
      return "";
    } else {
      {
        let text$135;
        if (p$number$q(setting$134)) {
          text$135 = number_text(setting$134);
        } else {
          text$135 = setting$134;
        }
        if ((p$string$q(text$135) && (!host.isTrue(unsafe_setting$q(text$135)) && host.isTrue(property$q(property$133))))) {
          return p$str(property$133, ":", text$135, ";");
        } else {
          return bad_value(tag$132, "style", p$assoc({  }, property$133, setting$134), "a property name and a plain value");
        }
      }
    }
  }
  function declarations(tag$136, text$137) {
    p$for_each(((each$138) => {
      {
        let colon$139 = p$index_of(each$138, ":");
        if (!((p$trim(each$138) === "") || (!(colon$139 == null) && ((colon$139 > 0) && (host.isTrue(property$q(p$trim(p$substring(each$138, 0, colon$139)))) && !host.isTrue(unsafe_setting$q(p$substring(each$138, (colon$139 + 1))))))))) {
          return bad_value(tag$136, "style", text$137, "declarations such as color:red;");
        } else {
          return null;
        }
      }
    }), p$split(text$137, ";"));
    return text$137;
  }
  function property$q(name$140) {
    let and$142;
    {
      let name$141;
      if (p$starts_with$q(name$140, "--")) {
        name$141 = name$140.slice(2, name$140.length);
      } else {
        name$141 = name$140;
      }
      return (and$142 = letter_code$q(p$code_at(name$141, 0)), ((and$142 !== false && and$142 != null) ? (() => {
        {
          let i$143 = 1;
          loop144: while (true) {
            if (p$$e(i$143, name$141.length)) {
              return true;
            } else {
              if (host.isTrue(property_code$q(p$code_at(name$141, i$143)))) {
                i$143 = (i$143 + 1);
                continue loop144;
              } else {
                return false;
              }
            }
          }
        }
      })() : and$142));
    }
  }
  function property_code$q(code$145) {
    let or$146, or$147;
    return (or$146 = letter_code$q(code$145), ((or$146 !== false && or$146 != null) ? or$146 : (or$147 = digit_code$q(code$145), ((or$147 !== false && or$147 != null) ? or$147 : (code$145 === 45)))));
  }
  const unsafe_signs = (() => {
    return [";", "{", "}", "\u003c", ">", "\\", "@", "/*", "javascript:", "vbscript:", "-moz-binding"];
  })();
  const unsafe_functions = (() => {
    return ["expression", "url", "src", "image", "image-set"];
  })();
  function unsafe_setting$q(text$148) {
    let or$151, or$152;
    {
      let text$149 = p$lower(text$148);
      return (or$151 = p$some(((sign$150) => {
        return p$includes$q(text$149, sign$150);
      }), unsafe_signs), ((or$151 !== false && or$151 != null) ? or$151 : (or$152 = followed$q(text$149, "behavior", ":"), ((or$152 !== false && or$152 != null) ? or$152 : p$some(((name$153) => {
        return followed$q(text$149, name$153, "(");
      }), unsafe_functions)))));
    }
  }
  function followed$q(text$154, word$155, sign$156) {
    {
      let parts$157 = p$split(text$154, word$155);
      return p$some(((after$158) => {
        return p$starts_with$q(p$trim_start(after$158), sign$156);
      }), p$rest(parts$157));
    }
  }
  function decide_attributes(tag$159, entries$160) {
    {
      let merged$161 = merge_entries(tag$159, entries$160);
      return p$filter(((entry$162) => {
        return !(entry$162[1] == null);
      }), p$map(((name$163) => {
        check_name(tag$159, name$163);
        return [printed_name(name$163), decide_attribute(tag$159, name$163, p$get(merged$161, name$163))];
      }), p$keys(merged$161)));
    }
  }
  function merge_entries(tag$164, entries$165) {
    return p$reduce(((merged$166, entry$167) => {
      {
        let name$168 = entry$167[0];
        let value$169 = entry$167[1];
        if (!(name$168 == null)) {
          return p$assoc(merged$166, name$168, value$169);
        } else {
          if (p$dict$q(value$169)) {
            return p$merge(merged$166, value$169);
          } else {
            if ((value$169 == null)) {
              return merged$166;
            } else {
              return bad_value(tag$164, "spread", value$169, "a dict");
            }
          }
        }
      }
    }), {  }, entries$165);
  }
  function check_name(tag$170, name$171) {
    if (!host.isTrue(attribute_name$q(name$171))) {
      return p$refuse("html/bad-attribute-name", { attribute: name$171, tag: tag$170 });
    } else {
      if (p$starts_with$q(p$lower(name$171), "on")) {
        return p$refuse("html/unsafe-attribute", { attribute: name$171, tag: tag$170 });
      } else {
        return null;
      }
    }
  }
  function attribute_name$q(name$172) {
    let and$173;
    return (and$173 = name_start_code$q(p$code_at(name$172, 0)), ((and$173 !== false && and$173 != null) ? (() => {
      {
        let i$174 = 1;
        loop175: while (true) {
          if (p$$e(i$174, name$172.length)) {
            return true;
          } else {
            if ((host.isTrue(name_start_code$q(p$code_at(name$172, i$174))) || (host.isTrue(digit_code$q(p$code_at(name$172, i$174))) || p$contains$q([45, 46], p$code_at(name$172, i$174))))) {
              i$174 = (i$174 + 1);
              continue loop175;
            } else {
              return false;
            }
          }
        }
      }
    })() : and$173));
  }
  function name_start_code$q(code$176) {
    let or$177;
    return (or$177 = letter_code$q(code$176), ((or$177 !== false && or$177 != null) ? or$177 : p$contains$q([95, 64, 58], code$176)));
  }
  function html_of(nodes$178) {
    {
      let out$179 = [];
      let left$180 = [];
      push_reversed(left$180, nodes$178);
      {
        loop181: while (true) {
          if ((left$180.length === 0)) {
            return p$join(out$179, "");
          } else {
            print_node(out$179, left$180, left$180.pop());
            continue loop181;
          }
        }
      }
    }
  }
  function push_reversed(left$182, nodes$183) {
    {
      let i$184 = (nodes$183.length - 1);
      loop185: while (true) {
        if ((i$184 >= 0)) {
          left$182.push(nodes$183[i$184]);
          i$184 = (i$184 - 1);
          continue loop185;
        } else {
          return null;
        }
      }
    }
  }
  function print_node(out$186, left$187, node$188) {
    if (p$string$q(node$188)) {
      return p$push$x(out$186, escape_text(node$188));
    } else {
      if (host.isTrue(p$raw_node$q(node$188))) {
        return p$push$x(out$186, node$188.html);
      } else {
        if (host.isTrue(p$element_node$q(node$188))) {
          return print_element(out$186, left$187, node$188.tag, node$188.attributes, node$188.children);
        } else {
          if (host.isTrue(p$hole_node$q(node$188))) {
            return print_element(out$186, left$187, "sx-hole", [["id", node$188.id]], node$188.children);
          } else {
            return p$refuse("wire/unexpanded", { component: node$188.name });
          }
        }
      }
    }
  }
  function print_element(out$189, left$190, tag$191, attributes$192, children$193) {
    out$189.push(p$str("\u003c", tag$191));
    p$for_each(((attribute$194) => {
      return p$push$x(out$189, attribute_html(attribute$194[0], attribute$194[1]));
    }), attributes$192);
    out$189.push(">");
    if (!host.isTrue(one_of$q(void_tags, tag$191))) {
      left$190.push(p$make_raw(p$str("\u003c/", tag$191, ">")));
      if (host.isTrue(one_of$q(raw_text_tags, tag$191))) {
        push_texts(left$190, children$193, ((text$195) => {
          return text$195;
        }));
      } else {
        if (host.isTrue(one_of$q(escapable_text_tags, tag$191))) {
          push_texts(left$190, children$193, escape_text_only);
        } else {
          push_reversed(left$190, children$193);
        }
      }
      if ((host.isTrue(one_of$q(leading_newline_tags, tag$191)) && host.isTrue(begins_with_newline$q(children$193)))) {
        return p$push$x(out$189, "\n");
      } else {
        return null;
      }
    } else {
      return null;
    }
  }
  function push_texts(left$196, texts$197, print$198) {
    return push_reversed(left$196, p$map(((text$199) => {
      return p$make_raw(print$198(text$199));
    }), texts$197));
  }
  function begins_with_newline$q(children$200) {
    let and$201, node$202;
    return (and$201 = (children$200.length > 0), ((and$201 !== false && and$201 != null) ? (node$202 = children$200[0], (p$string$q(node$202) ? p$starts_with$q(node$202, "\n") : (host.isTrue(p$raw_node$q(node$202)) ? p$starts_with$q(node$202.html, "\n") : false))) : and$201));
  }
  function attribute_html(name$203, value$204) {
    if ((value$204 === true)) {
      return p$str(" ", name$203);
    } else {
      return p$str(" ", printed_name(name$203), "=\"", escape_attribute(attribute_content(value$204)), "\"");
    }
  }
  function printed_name(name$205) {
    {
      let plain$206 = p$lower(name$205);
      if (((plain$206 === "class") || (plain$206 === "style"))) {
        return plain$206;
      } else {
        return name$205;
      }
    }
  }
  function escape_text(text$207) {
    return p$replace(p$replace(p$replace(p$replace(text$207, "&", "&amp;"), "\u003c", "&lt;"), ">", "&gt;"), " ", "&nbsp;");
  }
  function escape_attribute(text$208) {
    return p$replace(escape_text(text$208), "\"", "&quot;");
  }
  function escape_text_only(text$209) {
    return p$replace(p$replace(text$209, "&", "&amp;"), "\u003c", "&lt;");
  }
  return {
    "void-tags": void_tags,
    "raw-text-tags": raw_text_tags,
    "escapable-text-tags": escapable_text_tags,
    "leading-newline-tags": leading_newline_tags,
    "boolean-attributes": boolean_attributes,
    "enumerated-attributes": enumerated_attributes,
    "url-attributes": url_attributes,
    "safe-schemes": safe_schemes,
    "words": words,
    "one-of?": one_of$q,
    "decide-child": decide_child,
    "gather-child": gather_child,
    "add-text": add_text,
    "number-text": number_text,
    "decide-text-content": decide_text_content,
    "plain-text": plain_text,
    "ends-raw-text?": ends_raw_text$q,
    "opens-tag?": opens_tag$q,
    "tag-opening-code?": tag_opening_code$q,
    "letter-code?": letter_code$q,
    "digit-code?": digit_code$q,
    "decide-attribute": decide_attribute,
    "decide-truth": decide_truth,
    "truth-words?": truth_words$q,
    "attribute-text": attribute_text,
    "decide-page": decide_page,
    "attribute-content": attribute_content,
    "bad-value": bad_value,
    "holds-script?": holds_script$q,
    "names-script?": names_script$q,
    "decide-address": decide_address,
    "candidates": candidates,
    "safe-url?": safe_url$q,
    "scheme-of": scheme_of,
    "shows-picture?": shows_picture$q,
    "inline-picture?": inline_picture$q,
    "without-ignored": without_ignored,
    "ignored-code?": ignored_code$q,
    "decide-class": decide_class,
    "class-text": class_text,
    "decide-style": decide_style,
    "style-text": style_text,
    "declaration": declaration,
    "declarations": declarations,
    "property?": property$q,
    "property-code?": property_code$q,
    "unsafe-signs": unsafe_signs,
    "unsafe-functions": unsafe_functions,
    "unsafe-setting?": unsafe_setting$q,
    "followed?": followed$q,
    "decide-attributes": decide_attributes,
    "merge-entries": merge_entries,
    "check-name": check_name,
    "attribute-name?": attribute_name$q,
    "name-start-code?": name_start_code$q,
    "html-of": html_of,
    "push-reversed": push_reversed,
    "print-node": print_node,
    "print-element": print_element,
    "push-texts": push_texts,
    "begins-with-newline?": begins_with_newline$q,
    "attribute-html": attribute_html,
    "printed-name": printed_name,
    "escape-text": escape_text,
    "escape-attribute": escape_attribute,
    "escape-text-only": escape_text_only,
  };
}
