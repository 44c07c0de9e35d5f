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
  const p$push$x = host.primitive("push!");
  const p$make_raw = host.primitive("make-raw");
  const p$raw_html = host.primitive("raw-html");
  const p$boolean$q = host.primitive("boolean?");
  const p$list$q = host.primitive("list?");
  const p$for_each = host.primitive("for-each");
  const p$refuse = host.primitive("refuse");
  const p$str = host.primitive("str");
  const p$join = host.primitive("join");
  const p$map = host.primitive("map");
  const p$raw_markup$q = host.primitive("raw-markup?");
  const p$dict$q = host.primitive("dict?");
  const p$component$q = host.primitive("component?");
  const p$keyword$q = host.primitive("keyword?");
  const p$symbol$q = host.primitive("symbol?");
  const p$lower = host.primitive("lower");
  const p$includes$q = host.primitive("includes?");
  const p$code_at = host.primitive("code-at");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$trusted_url$q = host.primitive("trusted-url?");
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
          return p$push$x(nodes$8, p$make_raw(p$raw_html(value$9)));
        } else {
          if (((value$9 == null) || p$boolean$q(value$9))) {
            return null;
          } else {
            if (p$list$q(value$9)) {
              return p$for_each(((each$10) => {
                return gather_child(nodes$8, each$10);
              }), value$9);
            } else {
              return p$refuse("html/bad-child", { found: value$9 });
            }
          }
        }
      }
    }
  }
  function add_text(nodes$11, text$12) {
    if (!(text$12 === "")) {
      if (((nodes$11.length > 0) && p$string$q(nodes$11[(nodes$11.length - 1)]))) {
        return p$push$x(nodes$11, p$str(nodes$11.pop(), text$12));
      } else {
        return p$push$x(nodes$11, text$12);
      }
    } else {
      return null;
    }
  }
  function number_text(value$13) {
    return p$str((value$13 + 0));
  }
  function decide_text_content(tag$14, values$15) {
    {
      let text$16 = p$join(p$map(((value$17) => {
        return plain_text(tag$14, value$17);
      }), values$15), "");
      if ((host.isTrue(one_of$q(raw_text_tags, tag$14)) && host.isTrue(ends_raw_text$q(tag$14, text$16)))) {
        p$refuse("html/raw-text", { tag: tag$14, found: text$16 });
      } else {
        null;
      }
      return text$16;
    }
  }
  function plain_text(tag$18, value$19) {
    if (p$string$q(value$19)) {
      return value$19;
    } else {
      if (p$number$q(value$19)) {
        return number_text(value$19);
      } else {
        if (((value$19 == null) || p$boolean$q(value$19))) {
          return "";
        } else {
          if ((host.isTrue(p$raw_markup$q(value$19)) && host.isTrue(one_of$q(raw_text_tags, tag$18)))) {
            return p$raw_html(value$19);
          } else {
            if (p$list$q(value$19)) {
              return p$join(p$map(((each$20) => {
                return plain_text(tag$18, each$20);
              }), value$19), "");
            } else {
              if ((p$dict$q(value$19) || (host.isTrue(p$component$q(value$19)) || (p$keyword$q(value$19) || p$symbol$q(value$19))))) {
                return p$refuse("html/bad-child", { found: value$19 });
              } else {
                return p$refuse("html/raw-text", { tag: tag$18, found: value$19 });
              }
            }
          }
        }
      }
    }
  }
  function ends_raw_text$q(tag$21, text$22) {
    let or$24, or$25;
    {
      let text$23 = p$lower(text$22);
      if ((tag$21 === "style")) {
        return opens_tag$q(text$23);
      } else {
        return (or$24 = p$includes$q(text$23, "\u003c/script"), ((or$24 !== false && or$24 != null) ? or$24 : (or$25 = p$includes$q(text$23, "\u003c/style"), ((or$25 !== false && or$25 != null) ? or$25 : p$includes$q(text$23, "\u003c!--")))));
      }
    }
  }
  function opens_tag$q(text$26) {
    {
      let i$27 = 0;
      loop28: while (true) {
        if ((i$27 >= text$26.length)) {
          return false;
        } else {
          if (((p$code_at(text$26, i$27) === 60) && host.isTrue(tag_opening_code$q(p$code_at(text$26, (i$27 + 1)))))) {
            return true;
          } else {
            i$27 = (i$27 + 1);
            continue loop28;
          }
        }
      }
    }
  }
  function tag_opening_code$q(code$29) {
    let or$30, or$31, or$32;
    return (or$30 = letter_code$q(code$29), ((or$30 !== false && or$30 != null) ? or$30 : (or$31 = (code$29 === 47), ((or$31 !== false && or$31 != null) ? or$31 : (or$32 = (code$29 === 33), ((or$32 !== false && or$32 != null) ? or$32 : (code$29 === 63)))))));
  }
  function letter_code$q(code$33) {
    let and$34, or$35, and$36;
    return (or$35 = (and$34 = (code$33 >= 97), ((and$34 !== false && and$34 != null) ? (code$33 <= 122) : and$34)), ((or$35 !== false && or$35 != null) ? or$35 : (and$36 = (code$33 >= 65), ((and$36 !== false && and$36 != null) ? (code$33 <= 90) : and$36))));
  }
  function digit_code$q(code$37) {
    let and$38;
    return (and$38 = (code$37 >= 48), ((and$38 !== false && and$38 != null) ? (code$37 <= 57) : and$38));
  }
  function decide_attribute(tag$39, name$40, value$41) {
    {
      let plain$42 = p$lower(name$40);
      if ((value$41 == null)) {
        return null;
      } else {
        if ((plain$42 === "class")) {
          return decide_class(tag$39, value$41);
        } else {
          if ((plain$42 === "style")) {
            return decide_style(tag$39, value$41);
          } else {
            if (p$boolean$q(value$41)) {
              return decide_truth(name$40, value$41);
            } else {
              if (host.isTrue(holds_script$q(tag$39, plain$42, value$41))) {
                return p$refuse("html/unsafe-attribute", { attribute: name$40, tag: tag$39 });
              } else {
                if (host.isTrue(one_of$q(url_attributes, plain$42))) {
                  return decide_address(tag$39, name$40, value$41);
                } else {
                  if (((plain$42 === "srcset") || (plain$42 === "imagesrcset"))) {
                    return candidates(tag$39, name$40, value$41);
                  } else {
                    return attribute_text(tag$39, name$40, value$41);
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  function decide_truth(name$43, value$44) {
    if (host.isTrue(truth_words$q(name$43))) {
      if ((value$44 !== false && value$44 != null)) {
        return "true";
      } else {
        return "false";
      }
    } else {
      if ((value$44 !== false && value$44 != null)) {
        return true;
      } else {
        return null;
      }
    }
  }
  function truth_words$q(name$45) {
    let or$46, or$47;
    return (or$46 = p$starts_with$q(name$45, "aria-"), ((or$46 !== false && or$46 != null) ? or$46 : (or$47 = p$starts_with$q(name$45, "data-"), ((or$47 !== false && or$47 != null) ? or$47 : one_of$q(enumerated_attributes, name$45)))));
  }
  function attribute_text(tag$48, name$49, value$50) {
    if (p$string$q(value$50)) {
      return value$50;
    } else {
      if (p$number$q(value$50)) {
        return number_text(value$50);
      } else {
        if ((host.isTrue(p$markup$q(value$50)) && (p$lower(name$49) === "srcdoc"))) {
          return p$raw_html(value$50);
        } else {
          if (host.isTrue(p$trusted_url$q(value$50))) {
            return value$50.url;
          } else {
            return bad_value(tag$48, name$49, value$50, (host.isTrue(one_of$q(boolean_attributes, name$49)) ? "true or false" : "a string or a number"));
          }
        }
      }
    }
  }
  function bad_value(tag$51, name$52, value$53, expected$54) {
    return p$refuse("html/bad-attribute-value", { attribute: name$52, tag: tag$51, expected: expected$54, found: value$53 });
  }
  function holds_script$q(tag$55, name$56, value$57) {
    let and$58, or$59, and$60, or$61, and$62;
    if ((name$56 === "srcdoc")) {
      return !host.isTrue(p$markup$q(value$57));
    } else {
      if (!p$string$q(value$57)) {
        return false;
      } else {
        return (and$62 = (or$59 = (and$58 = (tag$55 === "meta"), ((and$58 !== false && and$58 != null) ? (name$56 === "content") : and$58)), ((or$59 !== false && or$59 != null) ? or$59 : (and$60 = p$contains$q(["to", "from", "by", "values"], name$56), ((and$60 !== false && and$60 != null) ? (or$61 = (tag$55 === "set"), ((or$61 !== false && or$61 != null) ? or$61 : p$starts_with$q(tag$55, "animate"))) : and$60)))), ((and$62 !== false && and$62 != null) ? names_script$q(value$57) : and$62));
      }
    }
  }
  function names_script$q(text$63) {
    {
      let clean$64 = p$lower(without_ignored(text$63));
      return p$some(((scheme$65) => {
        return p$includes$q(clean$64, scheme$65);
      }), ["javascript:", "vbscript:", "data:"]);
    }
  }
  function decide_address(tag$66, name$67, value$68) {
    if (host.isTrue(p$trusted_url$q(value$68))) {
      return value$68.url;
    } else {
      {
        let text$69 = attribute_text(tag$66, name$67, value$68);
        if (host.isTrue(safe_url$q(text$69, p$lower(name$67), tag$66))) {
          return text$69;
        } else {
          return p$refuse("html/unsafe-url", { url: text$69, attribute: name$67, tag: tag$66 });
        }
      }
    }
  }
  function candidates(tag$70, name$71, value$72) {
    {
      let text$73 = attribute_text(tag$70, name$71, value$72);
      p$for_each(((candidate$74) => {
        if (!host.isTrue(safe_url$q(p$trim(candidate$74), "src", "img"))) {
          return p$refuse("html/unsafe-url", { url: candidate$74, attribute: name$71, tag: tag$70 });
        } else {
          return null;
        }
      }), p$split(text$73, ","));
      return text$73;
    }
  }
  function safe_url$q(url$75, attribute$76, tag$77) {
    let and$80;
    {
      let clean$78 = without_ignored(url$75);
      {
        let scheme$79 = scheme_of(clean$78);
        if ((((attribute$76 === "ping") || (attribute$76 === "archive")) && host.isTrue(names_script$q(url$75)))) {
          return false;
        } else {
          if ((scheme$79 == null)) {
            return true;
          } else {
            if (host.isTrue(one_of$q(safe_schemes, scheme$79))) {
              return true;
            } else {
              return (and$80 = shows_picture$q(attribute$76, tag$77), ((and$80 !== false && and$80 != null) ? inline_picture$q(p$lower(clean$78)) : and$80));
            }
          }
        }
      }
    }
  }
  function scheme_of(url$81) {
    {
      let i$82 = 0;
      loop83: while (true) {
        if (p$$e(i$82, url$81.length)) {
          return null;
        } else {
          {
            let code$84 = p$code_at(url$81, i$82);
            if ((code$84 === 58)) {
              return p$lower(url$81.slice(0, i$82));
            } else {
              if (((code$84 === 47) || ((code$84 === 63) || (code$84 === 35)))) {
                return null;
              } else {
                i$82 = (i$82 + 1);
                continue loop83;
              }
            }
          }
        }
      }
    }
  }
  function shows_picture$q(attribute$85, tag$86) {
    let or$87, or$88, and$89;
    return (or$87 = (attribute$85 === "poster"), ((or$87 !== false && or$87 != null) ? or$87 : (and$89 = (or$88 = (attribute$85 === "src"), ((or$88 !== false && or$88 != null) ? or$88 : (attribute$85 === "href"))), ((and$89 !== false && and$89 != null) ? p$contains$q(["img", "source", "image"], tag$86) : and$89))));
  }
  function inline_picture$q(url$90) {
    return p$some(((kind$91) => {
      let and$93;
      {
        let start$92 = p$str("data:image/", kind$91);
        return (and$93 = p$starts_with$q(url$90, start$92), ((and$93 !== false && and$93 != null) ? p$contains$q([59, 44], p$code_at(url$90, start$92.length)) : and$93));
      }
    }), ["png", "jpeg", "gif", "webp", "avif"]);
  }
  function without_ignored(text$94) {
    {
      let kept$95 = [];
      {
        let i$96 = 0;
        loop97: while (true) {
          if ((i$96 < text$94.length)) {
            if (!host.isTrue(ignored_code$q(p$code_at(text$94, i$96)))) {
              kept$95.push(text$94.slice(i$96, (i$96 + 1)));
            } else {
              null;
            }
            i$96 = (i$96 + 1);
            continue loop97;
          } else {
            null;
            break loop97;
          }
        }
      }
      return p$join(kept$95, "");
    }
  }
  function ignored_code$q(code$98) {
    let or$99, and$100, or$101, or$102, and$103, or$104, and$105, or$106, and$107, or$108, or$109;
    return (or$99 = (code$98 <= 32), ((or$99 !== false && or$99 != null) ? or$99 : (or$101 = (and$100 = (code$98 >= 127), ((and$100 !== false && and$100 != null) ? (code$98 <= 160) : and$100)), ((or$101 !== false && or$101 != null) ? or$101 : (or$102 = (code$98 === 5760), ((or$102 !== false && or$102 != null) ? or$102 : (or$104 = (and$103 = (code$98 >= 8192), ((and$103 !== false && and$103 != null) ? (code$98 <= 8207) : and$103)), ((or$104 !== false && or$104 != null) ? or$104 : (or$106 = (and$105 = (code$98 >= 8232), ((and$105 !== false && and$105 != null) ? (code$98 <= 8239) : and$105)), ((or$106 !== false && or$106 != null) ? or$106 : (or$108 = (and$107 = (code$98 >= 8287), ((and$107 !== false && and$107 != null) ? (code$98 <= 8303) : and$107)), ((or$108 !== false && or$108 != null) ? or$108 : (or$109 = (code$98 === 12288), ((or$109 !== false && or$109 != null) ? or$109 : (code$98 === 65279)))))))))))))));
  }
  function decide_class(tag$110, value$111) {
    {
      let text$112 = class_text(tag$110, value$111);
      if (((text$112 === "") && !p$string$q(value$111))) {
        return null;
      } else {
        return text$112;
      }
    }
  }
  function class_text(tag$113, value$114) {
    if (p$string$q(value$114)) {
      return value$114;
    } else {
      if (((value$114 == null) || p$boolean$q(value$114))) {
        return "";
      } else {
        if (p$number$q(value$114)) {
          return number_text(value$114);
        } else {
          if (p$list$q(value$114)) {
            return p$join(p$filter(((part$115) => {
              return !(part$115 === "");
            }), p$map(((each$116) => {
              return class_text(tag$113, each$116);
            }), value$114)), " ");
          } else {
            if (p$dict$q(value$114)) {
              return p$join(p$filter(((name$117) => {
                return p$get(value$114, name$117);
              }), p$keys(value$114)), " ");
            } else {
              return bad_value(tag$113, "class", value$114, "a string, a list or a dict");
            }
          }
        }
      }
    }
  }
  function decide_style(tag$118, value$119) {
    if (p$boolean$q(value$119)) {
      return null;
    } else {
      {
        let text$120 = style_text(tag$118, value$119);
        if ((text$120 === "")) {
          return null;
        } else {
          return text$120;
        }
      }
    }
  }
  function style_text(tag$121, value$122) {
    if (p$string$q(value$122)) {
      return declarations(tag$121, value$122);
    } else {
      if (p$list$q(value$122)) {
        return p$join(p$map(((part$123) => {
          return style_text(tag$121, part$123);
        }), p$filter(((part$124) => {
          let and$125;
          return (and$125 = !(part$124 == null), ((and$125 !== false && and$125 != null) ? !(part$124 === false) : and$125));
        }), value$122)), "");
      } else {
        if (p$dict$q(value$122)) {
          return p$join(p$map(((property$126) => {
            return declaration(tag$121, property$126, p$get(value$122, property$126));
          }), p$keys(value$122)), "");
        } else {
          return bad_value(tag$121, "style", value$122, "a dict of properties");
        }
      }
    }
  }
  function declaration(tag$127, property$128, setting$129) {
    if (((setting$129 == null) || (setting$129 === false))) {
      return "";
    } else {
      {
        let text$130;
        if (p$number$q(setting$129)) {
          text$130 = number_text(setting$129);
        } else {
          text$130 = setting$129;
        }
        if ((p$string$q(text$130) && (!host.isTrue(unsafe_setting$q(text$130)) && host.isTrue(property$q(property$128))))) {
          return p$str(property$128, ":", text$130, ";");
        } else {
          return bad_value(tag$127, "style", p$assoc({  }, property$128, setting$129), "a property name and a plain value");
        }
      }
    }
  }
  function declarations(tag$131, text$132) {
    p$for_each(((each$133) => {
      {
        let colon$134 = p$index_of(each$133, ":");
        if (!((p$trim(each$133) === "") || (!(colon$134 == null) && ((colon$134 > 0) && (host.isTrue(property$q(p$trim(p$substring(each$133, 0, colon$134)))) && !host.isTrue(unsafe_setting$q(p$substring(each$133, (colon$134 + 1))))))))) {
          return bad_value(tag$131, "style", text$132, "declarations such as color:red;");
        } else {
          return null;
        }
      }
    }), p$split(text$132, ";"));
    return text$132;
  }
  function property$q(name$135) {
    let and$137;
    {
      let name$136;
      if (p$starts_with$q(name$135, "--")) {
        name$136 = name$135.slice(2, name$135.length);
      } else {
        name$136 = name$135;
      }
      return (and$137 = letter_code$q(p$code_at(name$136, 0)), ((and$137 !== false && and$137 != null) ? (() => {
        {
          let i$138 = 1;
          loop139: while (true) {
            if (p$$e(i$138, name$136.length)) {
              return true;
            } else {
              if (host.isTrue(property_code$q(p$code_at(name$136, i$138)))) {
                i$138 = (i$138 + 1);
                continue loop139;
              } else {
                return false;
              }
            }
          }
        }
      })() : and$137));
    }
  }
  function property_code$q(code$140) {
    let or$141, or$142;
    return (or$141 = letter_code$q(code$140), ((or$141 !== false && or$141 != null) ? or$141 : (or$142 = digit_code$q(code$140), ((or$142 !== false && or$142 != null) ? or$142 : (code$140 === 45)))));
  }
  const unsafe_signs = (() => {
    return [";", "{", "}", "\u003c", ">", "\\", "@", "/*", "javascript:", "vbscript:", "-moz-binding"];
  })();
  const unsafe_functions = (() => {
    return ["expression", "url", "src", "image", "image-set"];
  })();
  function unsafe_setting$q(text$143) {
    let or$146, or$147;
    {
      let text$144 = p$lower(text$143);
      return (or$146 = p$some(((sign$145) => {
        return p$includes$q(text$144, sign$145);
      }), unsafe_signs), ((or$146 !== false && or$146 != null) ? or$146 : (or$147 = followed$q(text$144, "behavior", ":"), ((or$147 !== false && or$147 != null) ? or$147 : p$some(((name$148) => {
        return followed$q(text$144, name$148, "(");
      }), unsafe_functions)))));
    }
  }
  function followed$q(text$149, word$150, sign$151) {
    {
      let parts$152 = p$split(text$149, word$150);
      return p$some(((after$153) => {
        return p$starts_with$q(p$trim_start(after$153), sign$151);
      }), p$rest(parts$152));
    }
  }
  function decide_attributes(tag$154, entries$155) {
    {
      let merged$156 = merge_entries(tag$154, entries$155);
      return p$filter(((entry$157) => {
        return !(entry$157[1] == null);
      }), p$map(((name$158) => {
        check_name(tag$154, name$158);
        return [name$158, decide_attribute(tag$154, name$158, p$get(merged$156, name$158))];
      }), p$keys(merged$156)));
    }
  }
  function merge_entries(tag$159, entries$160) {
    return p$reduce(((merged$161, entry$162) => {
      {
        let name$163 = entry$162[0];
        let value$164 = entry$162[1];
        if (!(name$163 == null)) {
          return p$assoc(merged$161, name$163, value$164);
        } else {
          if (p$dict$q(value$164)) {
            return p$merge(merged$161, value$164);
          } else {
            if ((value$164 == null)) {
              return merged$161;
            } else {
              return bad_value(tag$159, "spread", value$164, "a dict");
            }
          }
        }
      }
    }), {  }, entries$160);
  }
  function check_name(tag$165, name$166) {
    if (!host.isTrue(attribute_name$q(name$166))) {
      return p$refuse("html/bad-attribute-name", { attribute: name$166, tag: tag$165 });
    } else {
      if (p$starts_with$q(p$lower(name$166), "on")) {
        return p$refuse("html/unsafe-attribute", { attribute: name$166, tag: tag$165 });
      } else {
        return null;
      }
    }
  }
  function attribute_name$q(name$167) {
    let and$168;
    return (and$168 = name_start_code$q(p$code_at(name$167, 0)), ((and$168 !== false && and$168 != null) ? (() => {
      {
        let i$169 = 1;
        loop170: while (true) {
          if (p$$e(i$169, name$167.length)) {
            return true;
          } else {
            if ((host.isTrue(name_start_code$q(p$code_at(name$167, i$169))) || (host.isTrue(digit_code$q(p$code_at(name$167, i$169))) || p$contains$q([45, 46], p$code_at(name$167, i$169))))) {
              i$169 = (i$169 + 1);
              continue loop170;
            } else {
              return false;
            }
          }
        }
      }
    })() : and$168));
  }
  function name_start_code$q(code$171) {
    let or$172;
    return (or$172 = letter_code$q(code$171), ((or$172 !== false && or$172 != null) ? or$172 : p$contains$q([95, 64, 58], code$171)));
  }
  function html_of(nodes$173) {
    {
      let out$174 = [];
      print_nodes(out$174, nodes$173);
      return p$join(out$174, "");
    }
  }
  function print_nodes(out$175, nodes$176) {
    return p$for_each(((node$177) => {
      return print_node(out$175, node$177);
    }), nodes$176);
  }
  function print_node(out$178, node$179) {
    if (p$string$q(node$179)) {
      return p$push$x(out$178, escape_text(node$179));
    } else {
      if (host.isTrue(p$raw_node$q(node$179))) {
        return p$push$x(out$178, node$179.html);
      } else {
        return print_element(out$178, node$179.tag, node$179.attributes, node$179.children);
      }
    }
  }
  function print_element(out$180, tag$181, attributes$182, children$183) {
    out$180.push(p$str("\u003c", tag$181));
    p$for_each(((attribute$184) => {
      return p$push$x(out$180, attribute_html(attribute$184[0], attribute$184[1]));
    }), attributes$182);
    out$180.push(">");
    if (!host.isTrue(one_of$q(void_tags, tag$181))) {
      print_content(out$180, tag$181, children$183);
      return p$push$x(out$180, p$str("\u003c/", tag$181, ">"));
    } else {
      return null;
    }
  }
  function attribute_html(name$185, value$186) {
    if ((value$186 === true)) {
      return p$str(" ", name$185);
    } else {
      return p$str(" ", printed_name(name$185), "=\"", escape_attribute(value$186), "\"");
    }
  }
  function printed_name(name$187) {
    {
      let plain$188 = p$lower(name$187);
      if (((plain$188 === "class") || (plain$188 === "style"))) {
        return plain$188;
      } else {
        return name$187;
      }
    }
  }
  function print_content(out$189, tag$190, children$191) {
    {
      let inner$192 = [];
      if (host.isTrue(one_of$q(raw_text_tags, tag$190))) {
        p$for_each(((text$193) => {
          return p$push$x(inner$192, text$193);
        }), children$191);
      } else {
        if (host.isTrue(one_of$q(escapable_text_tags, tag$190))) {
          p$for_each(((text$194) => {
            return p$push$x(inner$192, escape_text_only(text$194));
          }), children$191);
        } else {
          print_nodes(inner$192, children$191);
        }
      }
      {
        let html$195 = p$join(inner$192, "");
        if ((host.isTrue(one_of$q(leading_newline_tags, tag$190)) && p$starts_with$q(html$195, "\n"))) {
          out$189.push("\n");
        } else {
          null;
        }
        return p$push$x(out$189, html$195);
      }
    }
  }
  function escape_text(text$196) {
    return p$replace(p$replace(p$replace(p$replace(text$196, "&", "&amp;"), "\u003c", "&lt;"), ">", "&gt;"), " ", "&nbsp;");
  }
  function escape_attribute(text$197) {
    return p$replace(escape_text(text$197), "\"", "&quot;");
  }
  function escape_text_only(text$198) {
    return p$replace(p$replace(text$198, "&", "&amp;"), "\u003c", "&lt;");
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
    "print-nodes": print_nodes,
    "print-node": print_node,
    "print-element": print_element,
    "attribute-html": attribute_html,
    "printed-name": printed_name,
    "print-content": print_content,
    "escape-text": escape_text,
    "escape-attribute": escape_attribute,
    "escape-text-only": escape_text_only,
  };
}
