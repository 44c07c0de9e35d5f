// Emitted from sx/spec/reader.sx by sx/bootstrap; do not edit.

/** The chapter's definitions by name, for a host and the chapters it uses. */
export function create(host, use) {
  const p$refuse_at = host.primitive("refuse-at");
  const p$make_span = host.primitive("make-span");
  const p$form_data = host.primitive("form-data");
  const p$code_at = host.primitive("code-at");
  const p$has_key$q = host.primitive("has-key?");
  const p$get = host.primitive("get");
  const p$push$x = host.primitive("push!");
  const p$make_symbol = host.primitive("make-symbol");
  const p$make_list_form = host.primitive("make-list-form");
  const p$odd$q = host.primitive("odd?");
  const p$keyword$q = host.primitive("keyword?");
  const p$symbol$q = host.primitive("symbol?");
  const p$string$q = host.primitive("string?");
  const p$number$q = host.primitive("number?");
  const p$str = host.primitive("str");
  const p$make_table = host.primitive("make-table");
  const p$table_has$q = host.primitive("table-has?");
  const p$table_set$x = host.primitive("table-set!");
  const p$make_dict_form = host.primitive("make-dict-form");
  const p$find_invisible = host.primitive("find-invisible");
  const p$starts_with$q = host.primitive("starts-with?");
  const p$make_keyword = host.primitive("make-keyword");
  const p$$e = host.primitive("=");
  const p$parse_float = host.primitive("parse-float");
  const p$join = host.primitive("join");
  const p$from_char_code = host.primitive("from-char-code");
  const p$contains$q = host.primitive("contains?");
  const deepest = 4000;
  function make_reader(source$1, kind$2) {
    return { source: source$1, text: source$1.text, at: 0, open: make_open(kind$2, 0, null), depth: 0 };
  }
  function make_open(kind$3, start$4, around$5) {
    return { kind: kind$3, start: start$4, items: [], places: [], around: around$5 };
  }
  function read_forms(source$6) {
    return read_whole(make_reader(source$6, "file"));
  }
  function read_datum(source$7) {
    {
      let data$8 = read_whole(make_reader(source$7, "datum"));
      let end$9 = source$7.text.length;
      if ((data$8.length === 0)) {
        return p$refuse_at("read/empty", {  }, p$make_span(source$7, end$9, end$9));
      } else {
        return p$form_data(data$8[0]);
      }
    }
  }
  function read_whole(r$10) {
    check_surrogates(r$10, 0);
    if ((p$code_at(r$10.text, 0) === 65279)) {
      (r$10.at = 1);
    } else {
      null;
    }
    read_on(r$10);
    {
      let open$11 = r$10.open;
      if ((r$10.depth > 0)) {
        refuse_unclosed(r$10, open$11);
      } else {
        null;
      }
      return open$11.items;
    }
  }
  function read_on(r$12) {
    loop13: while (true) {
      skip_space(r$12);
      {
        let code$14 = ahead(r$12, 0);
        if (!(code$14 === -1)) {
          read_next(r$12, code$14);
          continue loop13;
        } else {
          return null;
        }
      }
    }
  }
  function read_next(r$15, code$16) {
    {
      let case_value$17 = code$16;
      if ((case_value$17 === 40)) {
        return open(r$15, "list");
      } else {
        if ((case_value$17 === 41)) {
          return close(r$15, "list");
        } else {
          if ((case_value$17 === 91)) {
            return open(r$15, "bracket");
          } else {
            if ((case_value$17 === 93)) {
              return close(r$15, "bracket");
            } else {
              if ((case_value$17 === 123)) {
                return open(r$15, "dict");
              } else {
                if ((case_value$17 === 125)) {
                  return close(r$15, "dict");
                } else {
                  if ((case_value$17 === 34)) {
                    return read_string(r$15);
                  } else {
                    if ((case_value$17 === 59)) {
                      return skip_line(r$15);
                    } else {
                      if ((case_value$17 === 39)) {
                        return open(r$15, "quote");
                      } else {
                        if ((case_value$17 === 96)) {
                          return open(r$15, "quasiquote");
                        } else {
                          if ((case_value$17 === 44)) {
                            return open(r$15, ((ahead(r$15, 1) === 64) ? "splice-unquote" : "unquote"));
                          } else {
                            return read_token(r$15, code$16);
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
  function read_token(r$18, code$19) {
    if (((code$19 === 35) && (ahead(r$18, 1) === 59))) {
      return open(r$18, "discard");
    } else {
      if (((code$19 === 35) && (ahead(r$18, 1) === 124))) {
        return skip_comment(r$18);
      } else {
        if (host.isTrue(number_ahead$q(r$18, code$19))) {
          return read_number(r$18);
        } else {
          return read_name(r$18);
        }
      }
    }
  }
  function ahead(r$20, distance$21) {
    return p$code_at(r$20.text, (r$20.at + distance$21));
  }
  function place(r$22, start$23, end$24) {
    return p$make_span(r$22.source, start$23, end$24);
  }
  function space$q(code$25) {
    let or$26, or$27, or$28, or$29;
    return (or$26 = (code$25 === 32), ((or$26 !== false && or$26 != null) ? or$26 : (or$27 = (code$25 === 10), ((or$27 !== false && or$27 != null) ? or$27 : (or$28 = (code$25 === 9), ((or$28 !== false && or$28 != null) ? or$28 : (or$29 = (code$25 === 13), ((or$29 !== false && or$29 != null) ? or$29 : (code$25 === 12)))))))));
  }
  function ends_token$q(code$30) {
    let or$31, or$32, or$33, or$34, or$35, or$36, or$37, or$38, or$39, or$40, or$41, or$42;
    return (or$31 = (code$30 === -1), ((or$31 !== false && or$31 != null) ? or$31 : (or$32 = space$q(code$30), ((or$32 !== false && or$32 != null) ? or$32 : (or$33 = (code$30 === 40), ((or$33 !== false && or$33 != null) ? or$33 : (or$34 = (code$30 === 41), ((or$34 !== false && or$34 != null) ? or$34 : (or$35 = (code$30 === 91), ((or$35 !== false && or$35 != null) ? or$35 : (or$36 = (code$30 === 93), ((or$36 !== false && or$36 != null) ? or$36 : (or$37 = (code$30 === 123), ((or$37 !== false && or$37 != null) ? or$37 : (or$38 = (code$30 === 125), ((or$38 !== false && or$38 != null) ? or$38 : (or$39 = (code$30 === 34), ((or$39 !== false && or$39 != null) ? or$39 : (or$40 = (code$30 === 59), ((or$40 !== false && or$40 != null) ? or$40 : (or$41 = (code$30 === 39), ((or$41 !== false && or$41 != null) ? or$41 : (or$42 = (code$30 === 96), ((or$42 !== false && or$42 != null) ? or$42 : (code$30 === 44)))))))))))))))))))))))));
  }
  function digit$q(code$43) {
    let and$44;
    return (and$44 = (code$43 >= 48), ((and$44 !== false && and$44 != null) ? (code$43 <= 57) : and$44));
  }
  function sign$q(code$45) {
    let or$46;
    return (or$46 = (code$45 === 43), ((or$46 !== false && or$46 != null) ? or$46 : (code$45 === 45)));
  }
  function hex_value(code$47) {
    if (host.isTrue(digit$q(code$47))) {
      return (code$47 - 48);
    } else {
      if (((code$47 >= 65) && (code$47 <= 70))) {
        return (code$47 - 55);
      } else {
        if (((code$47 >= 97) && (code$47 <= 102))) {
          return (code$47 - 87);
        } else {
          return null;
        }
      }
    }
  }
  function high_half$q(code$48) {
    let and$49;
    return (and$49 = (code$48 >= 55296), ((and$49 !== false && and$49 != null) ? (code$48 <= 56319) : and$49));
  }
  function low_half$q(code$50) {
    let and$51;
    return (and$51 = (code$50 >= 56320), ((and$51 !== false && and$51 != null) ? (code$50 <= 57343) : and$51));
  }
  function check_surrogates(r$52, i$53) {
    loop54: while (true) {
      {
        let code$55 = p$code_at(r$52.text, i$53);
        if ((code$55 === -1)) {
          return null;
        } else {
          if ((host.isTrue(high_half$q(code$55)) && host.isTrue(low_half$q(p$code_at(r$52.text, (i$53 + 1)))))) {
            i$53 = (i$53 + 2);
            continue loop54;
          } else {
            if ((host.isTrue(high_half$q(code$55)) || host.isTrue(low_half$q(code$55)))) {
              return p$refuse_at("read/lone-surrogate", {  }, place(r$52, i$53, (i$53 + 1)));
            } else {
              i$53 = (i$53 + 1);
              continue loop54;
            }
          }
        }
      }
    }
  }
  function skip_space(r$56) {
    loop57: while (true) {
      if (host.isTrue(space$q(ahead(r$56, 0)))) {
        (r$56.at = (r$56.at + 1));
        continue loop57;
      } else {
        return null;
      }
    }
  }
  function skip_line(r$58) {
    loop59: while (true) {
      {
        let code$60 = ahead(r$58, 0);
        if (!(code$60 === -1)) {
          (r$58.at = (r$58.at + 1));
          if (!(code$60 === 10)) {
            continue loop59;
          } else {
            return null;
          }
        } else {
          return null;
        }
      }
    }
  }
  function skip_comment(r$61) {
    {
      let text$62 = r$61.text;
      let start$63 = r$61.at;
      {
        let i$64 = start$63;
        let depth$65 = 0;
        loop66: while (true) {
          {
            let code$67 = p$code_at(text$62, i$64);
            let next$68 = p$code_at(text$62, (i$64 + 1));
            if ((code$67 === -1)) {
              return p$refuse_at("read/unclosed-comment", {  }, place(r$61, start$63, (start$63 + 2)));
            } else {
              if (((code$67 === 35) && (next$68 === 124))) {
                const n$69 = (i$64 + 2);
                const n$70 = (depth$65 + 1);
                i$64 = n$69;
                depth$65 = n$70;
                continue loop66;
              } else {
                if (!((code$67 === 124) && (next$68 === 35))) {
                  i$64 = (i$64 + 1);
                  continue loop66;
                } else {
                  if ((depth$65 > 1)) {
                    const n$71 = (i$64 + 2);
                    const n$72 = (depth$65 - 1);
                    i$64 = n$71;
                    depth$65 = n$72;
                    continue loop66;
                  } else {
                    return (r$61.at = (i$64 + 2));
                  }
                }
              }
            }
          }
        }
      }
    }
  }
  const openers = (() => {
    return { list: "(", bracket: "[", dict: "{", quote: "'", quasiquote: "`", unquote: ",", "splice-unquote": ",@", discard: "#;" };
  })();
  const closers = (() => {
    return { list: ")", bracket: "]", dict: "}" };
  })();
  function outermost$q(open$73) {
    return (open$73.around == null);
  }
  function prefix$q(open$74) {
    return !(host.isTrue(outermost$q(open$74)) || p$has_key$q(closers, open$74.kind));
  }
  function open(r$75, kind$76) {
    {
      let start$77 = r$75.at;
      let end$78 = (r$75.at + p$get(openers, kind$76).length);
      if ((r$75.depth >= deepest)) {
        p$refuse_at("read/too-deep", { limit: deepest }, place(r$75, start$77, end$78));
      } else {
        null;
      }
      (r$75.at = end$78);
      (r$75.depth = (r$75.depth + 1));
      (r$75.open = make_open(kind$76, start$77, r$75.open));
      if ((kind$76 === "bracket")) {
        return p$push$x(r$75.open.items, p$make_symbol("list", r$75.source, start$77));
      } else {
        return null;
      }
    }
  }
  function close(r$79, kind$80) {
    {
      let open$81 = r$79.open;
      if (!(open$81.kind === kind$80)) {
        refuse_close(r$79, open$81, p$get(closers, kind$80));
      } else {
        null;
      }
      (r$79.at = (r$79.at + 1));
      {
        let form$82;
        if ((kind$80 === "dict")) {
          form$82 = make_dict(r$79, open$81);
        } else {
          form$82 = list_up_to_here(r$79, open$81.items, open$81.start);
        }
        leave(r$79, open$81);
        return add(r$79, form$82, open$81.start);
      }
    }
  }
  function leave(r$83, open$84) {
    (r$83.open = open$84.around);
    return (r$83.depth = (r$83.depth - 1));
  }
  function list_up_to_here(r$85, items$86, start$87) {
    return p$make_list_form(items$86, r$85.source, start$87, r$85.at);
  }
  function add(r$88, form$89, start$90) {
    loop91: while (true) {
      {
        let open$92 = r$88.open;
        if ((open$92.kind === "discard")) {
          return leave(r$88, open$92);
        } else {
          if (host.isTrue(prefix$q(open$92))) {
            {
              let start$93 = open$92.start;
              leave(r$88, open$92);
              const n$94 = list_up_to_here(r$88, [p$make_symbol(open$92.kind, r$88.source, start$93), form$89], start$93);
              const n$95 = start$93;
              form$89 = n$94;
              start$90 = n$95;
              continue loop91;
            }
          } else {
            return join_items(r$88, open$92, form$89, start$90);
          }
        }
      }
    }
  }
  function join_items(r$96, open$97, form$98, start$99) {
    open$97.items.push(form$98);
    {
      let case_value$100 = open$97.kind;
      if ((case_value$100 === "dict")) {
        if (p$odd$q(open$97.items.length)) {
          return take_key(r$96, open$97, start$99);
        } else {
          return null;
        }
      } else {
        if ((case_value$100 === "datum")) {
          if ((open$97.items.length > 1)) {
            return p$refuse_at("read/extra", {  }, place(r$96, start$99, r$96.at));
          } else {
            return null;
          }
        } else {
          return null;
        }
      }
    }
  }
  function take_key(r$101, open$102, start$103) {
    {
      let key$104 = key_of(open$102.items.pop());
      if (((key$104 == null) || (key$104 === "__proto__"))) {
        p$refuse_at("read/bad-dict-key", { found: r$101.text.slice(start$103, r$101.at) }, place(r$101, start$103, r$101.at));
      } else {
        null;
      }
      open$102.items.push(key$104);
      return p$push$x(open$102.places, start$103);
    }
  }
  function key_of(form$105) {
    if ((p$keyword$q(form$105) || p$symbol$q(form$105))) {
      return form$105.name;
    } else {
      if (p$string$q(form$105)) {
        return form$105;
      } else {
        if (p$number$q(form$105)) {
          return p$str(form$105);
        } else {
          return null;
        }
      }
    }
  }
  function make_dict(r$106, open$107) {
    {
      let items$108 = open$107.items;
      let keys$109 = [];
      let values$110 = [];
      let seen$111 = p$make_table();
      let start$112 = open$107.start;
      if (p$odd$q(items$108.length)) {
        p$refuse_at("read/odd-dict", { count: items$108.length }, place(r$106, start$112, r$106.at));
      } else {
        null;
      }
      {
        let i$113 = 0;
        loop114: while (true) {
          if ((i$113 < items$108.length)) {
            {
              let key$115 = items$108[i$113];
              if (p$table_has$q(seen$111, key$115)) {
                refuse_repeated(r$106, key$115, open$107.places[keys$109.length]);
              } else {
                null;
              }
              p$table_set$x(seen$111, key$115, true);
              keys$109.push(key$115);
              values$110.push(items$108[(i$113 + 1)]);
              i$113 = (i$113 + 2);
              continue loop114;
            }
          } else {
            null;
            break loop114;
          }
        }
      }
      return p$make_dict_form(keys$109, values$110, r$106.source, start$112, r$106.at);
    }
  }
  function refuse_repeated(r$116, key$117, start$118) {
    {
      let text$119 = r$116.text;
      return p$refuse_at("read/duplicate-key", { key: key$117 }, place(r$116, start$118, ((p$code_at(text$119, start$118) === 34) ? (closing_quote(text$119, (start$118 + 1)) + 1) : token_end(text$119, start$118))));
    }
  }
  function read_name(r$120) {
    {
      let start$121 = r$120.at;
      let end$122 = token_end(r$120.text, r$120.at);
      (r$120.at = end$122);
      return add(r$120, meaning(r$120, r$120.text.slice(start$121, end$122), start$121, end$122), start$121);
    }
  }
  function token_end(text$123, i$124) {
    loop125: while (true) {
      if (host.isTrue(ends_token$q(p$code_at(text$123, i$124)))) {
        return i$124;
      } else {
        i$124 = (i$124 + 1);
        continue loop125;
      }
    }
  }
  function meaning(r$126, token$127, start$128, end$129) {
    {
      let invisible$130 = p$find_invisible(token$127);
      if ((!(invisible$130 == null) || p$starts_with$q(token$127, "#"))) {
        return p$refuse_at("read/bad-token", { token: token$127, invisible: invisible$130 }, place(r$126, start$128, end$129));
      } else {
        if (((token$127 === ":") || p$starts_with$q(token$127, "::"))) {
          return p$refuse_at("read/bad-keyword", { token: token$127 }, place(r$126, start$128, end$129));
        } else {
          if (p$starts_with$q(token$127, ":")) {
            return p$make_keyword(token$127.slice(1, token$127.length));
          } else {
            if ((token$127 === "true")) {
              return true;
            } else {
              if ((token$127 === "false")) {
                return false;
              } else {
                if ((token$127 === "nil")) {
                  return null;
                } else {
                  return p$make_symbol(token$127, r$126.source, start$128);
                }
              }
            }
          }
        }
      }
    }
  }
  function number_ahead$q(r$131, code$132) {
    {
      let signed$133;
      if (host.isTrue(sign$q(code$132))) {
        signed$133 = 1;
      } else {
        signed$133 = 0;
      }
      return digit$q(ahead(r$131, ((ahead(r$131, signed$133) === 46) ? (signed$133 + 1) : signed$133)));
    }
  }
  function read_number(r$134) {
    {
      let start$135 = r$134.at;
      let end$136 = token_end(r$134.text, r$134.at);
      (r$134.at = end$136);
      return add(r$134, number_of(r$134, r$134.text.slice(start$135, end$136), place(r$134, start$135, end$136)), start$135);
    }
  }
  function number_of(r$137, token$138, span$139) {
    {
      let whole$140 = skip_digits(token$138, (host.isTrue(sign$q(p$code_at(token$138, 0))) ? 1 : 0));
      if (!p$$e(numeral_end(token$138, whole$140), token$138.length)) {
        p$refuse_at("read/bad-number", { token: token$138, reason: "malformed" }, span$139);
      } else {
        null;
      }
      {
        let value$141 = p$parse_float(token$138);
        if ((value$141 == null)) {
          p$refuse_at("read/bad-number", { token: token$138, reason: "infinite" }, span$139);
        } else {
          null;
        }
        if (((whole$140 >= token$138.length) && ((value$141 > 9007199254740991) || (value$141 < -9007199254740991)))) {
          p$refuse_at("read/bad-number", { token: token$138, reason: "inexact" }, span$139);
        } else {
          null;
        }
        return (value$141 + 0);
      }
    }
  }
  function numeral_end(token$142, whole$143) {
    if ((p$code_at(token$142, whole$143) === 46)) {
      {
        let end$144 = skip_digits(token$142, (whole$143 + 1));
        if (p$$e(end$144, (whole$143 + 1))) {
          return -1;
        } else {
          return exponent_end(token$142, end$144);
        }
      }
    } else {
      return exponent_end(token$142, whole$143);
    }
  }
  function exponent_end(token$145, i$146) {
    if (!((p$code_at(token$145, i$146) === 101) || (p$code_at(token$145, i$146) === 69))) {
      return i$146;
    } else {
      {
        let digits$147;
        if (host.isTrue(sign$q(p$code_at(token$145, (i$146 + 1))))) {
          digits$147 = (i$146 + 2);
        } else {
          digits$147 = (i$146 + 1);
        }
        {
          let end$148 = skip_digits(token$145, digits$147);
          if (p$$e(end$148, digits$147)) {
            return -1;
          } else {
            return end$148;
          }
        }
      }
    }
  }
  function skip_digits(token$149, i$150) {
    loop151: while (true) {
      if (host.isTrue(digit$q(p$code_at(token$149, i$150)))) {
        i$150 = (i$150 + 1);
        continue loop151;
      } else {
        return i$150;
      }
    }
  }
  function read_string(r$152) {
    {
      let text$153 = r$152.text;
      let start$154 = r$152.at;
      {
        let end$155 = closing_quote(text$153, (start$154 + 1));
        if ((end$155 === -1)) {
          p$refuse_at("read/unclosed-string", {  }, place(r$152, start$154, (start$154 + 1)));
        } else {
          null;
        }
        (r$152.at = (end$155 + 1));
        return add(r$152, unescape(r$152, (start$154 + 1), end$155), start$154);
      }
    }
  }
  function closing_quote(text$156, i$157) {
    loop158: while (true) {
      {
        let case_value$159 = p$code_at(text$156, i$157);
        if ((case_value$159 === -1)) {
          return -1;
        } else {
          if ((case_value$159 === 34)) {
            return i$157;
          } else {
            if ((case_value$159 === 92)) {
              i$157 = (i$157 + 2);
              continue loop158;
            } else {
              i$157 = (i$157 + 1);
              continue loop158;
            }
          }
        }
      }
    }
  }
  function unescape(r$160, start$161, end$162) {
    {
      let text$163 = r$160.text;
      let parts$164 = [];
      {
        let i$165 = start$161;
        let plain$166 = start$161;
        loop167: while (true) {
          if ((i$165 >= end$162)) {
            parts$164.push(text$163.slice(plain$166, end$162));
            break loop167;
          } else {
            if ((p$code_at(text$163, i$165) === 92)) {
              {
                let next$168 = escape_end(r$160, i$165);
                parts$164.push(text$163.slice(plain$166, i$165));
                parts$164.push(escaped(text$163, i$165));
                const n$169 = next$168;
                const n$170 = next$168;
                i$165 = n$169;
                plain$166 = n$170;
                continue loop167;
              }
            } else {
              i$165 = (i$165 + 1);
              continue loop167;
            }
          }
        }
      }
      return p$join(parts$164, "");
    }
  }
  function escaped(text$171, i$172) {
    {
      let case_value$173 = p$code_at(text$171, (i$172 + 1));
      if ((case_value$173 === 110)) {
        return "\n";
      } else {
        if ((case_value$173 === 114)) {
          return "\r";
        } else {
          if ((case_value$173 === 116)) {
            return "\t";
          } else {
            if ((case_value$173 === 92)) {
              return "\\";
            } else {
              if ((case_value$173 === 34)) {
                return "\"";
              } else {
                return p$from_char_code(hex_number(text$171, (i$172 + 3), 0));
              }
            }
          }
        }
      }
    }
  }
  function escape_end(r$174, i$175) {
    if (p$contains$q([110, 114, 116, 92, 34], p$code_at(r$174.text, (i$175 + 1)))) {
      return (i$175 + 2);
    } else {
      return hex_escape_end(r$174, i$175);
    }
  }
  function hex_escape_end(r$176, start$177) {
    {
      let text$178 = r$176.text;
      {
        let end$179 = hex_digits_end(text$178, (start$177 + 3), (start$177 + 9));
        if (!((p$code_at(text$178, (start$177 + 1)) === 117) && ((p$code_at(text$178, (start$177 + 2)) === 123) && ((end$179 > (start$177 + 3)) && (p$code_at(text$178, end$179) === 125))))) {
          refuse_escape(r$176, start$177, (start$177 + (host.isTrue(high_half$q(p$code_at(text$178, (start$177 + 1)))) ? 3 : 2)));
        } else {
          null;
        }
        {
          let code$180 = hex_number(text$178, (start$177 + 3), 0);
          if ((code$180 > 1114111)) {
            refuse_escape(r$176, start$177, (end$179 + 1));
          } else {
            null;
          }
          if ((host.isTrue(high_half$q(code$180)) || host.isTrue(low_half$q(code$180)))) {
            p$refuse_at("read/lone-surrogate", {  }, place(r$176, start$177, (end$179 + 1)));
          } else {
            null;
          }
          return (end$179 + 1);
        }
      }
    }
  }
  function refuse_escape(r$181, start$182, end$183) {
    return p$refuse_at("read/bad-escape", { escape: r$181.text.slice(start$182, end$183) }, place(r$181, start$182, end$183));
  }
  function hex_digits_end(text$184, i$185, most$186) {
    loop187: while (true) {
      if (((i$185 >= most$186) || (hex_value(p$code_at(text$184, i$185)) == null))) {
        return i$185;
      } else {
        i$185 = (i$185 + 1);
        continue loop187;
      }
    }
  }
  function hex_number(text$188, i$189, number$190) {
    loop191: while (true) {
      {
        let value$192 = hex_value(p$code_at(text$188, i$189));
        if ((value$192 == null)) {
          return number$190;
        } else {
          const n$193 = (i$189 + 1);
          const n$194 = ((number$190 * 16) + value$192);
          i$189 = n$193;
          number$190 = n$194;
          continue loop191;
        }
      }
    }
  }
  function refuse_unclosed(r$195, open$196) {
    {
      let opener$197 = p$get(openers, open$196.kind);
      let start$198 = open$196.start;
      return p$refuse_at("read/unclosed", { opener: opener$197, closer: p$get(closers, open$196.kind) }, place(r$195, start$198, (start$198 + opener$197.length)));
    }
  }
  function refuse_close(r$199, open$200, closer$201) {
    {
      let here$202 = place(r$199, r$199.at, (r$199.at + 1));
      if (host.isTrue(outermost$q(open$200))) {
        return p$refuse_at("read/unexpected-close", { closer: closer$201, after: null }, here$202);
      } else {
        if (host.isTrue(prefix$q(open$200))) {
          return p$refuse_at("read/unexpected-close", { closer: closer$201, after: p$get(openers, open$200.kind) }, here$202);
        } else {
          {
            let start$203 = line_start(r$199.text, open$200.start);
            return p$refuse_at("read/mismatched-close", { opener: p$get(openers, open$200.kind), closer: closer$201, expected: p$get(closers, open$200.kind), line: line_of(r$199.text, start$203, 0, 1), column: ((open$200.start - start$203) + 1) }, here$202);
          }
        }
      }
    }
  }
  function line_start(text$204, i$205) {
    loop206: while (true) {
      if (((i$205 === 0) || (p$code_at(text$204, (i$205 - 1)) === 10))) {
        return i$205;
      } else {
        i$205 = (i$205 - 1);
        continue loop206;
      }
    }
  }
  function line_of(text$207, offset$208, i$209, line$210) {
    loop211: while (true) {
      if ((i$209 >= offset$208)) {
        return line$210;
      } else {
        const n$212 = (i$209 + 1);
        const n$213 = ((p$code_at(text$207, i$209) === 10) ? (line$210 + 1) : line$210);
        i$209 = n$212;
        line$210 = n$213;
        continue loop211;
      }
    }
  }
  return {
    "deepest": deepest,
    "make-reader": make_reader,
    "make-open": make_open,
    "read-forms": read_forms,
    "read-datum": read_datum,
    "read-whole": read_whole,
    "read-on": read_on,
    "read-next": read_next,
    "read-token": read_token,
    "ahead": ahead,
    "place": place,
    "space?": space$q,
    "ends-token?": ends_token$q,
    "digit?": digit$q,
    "sign?": sign$q,
    "hex-value": hex_value,
    "high-half?": high_half$q,
    "low-half?": low_half$q,
    "check-surrogates": check_surrogates,
    "skip-space": skip_space,
    "skip-line": skip_line,
    "skip-comment": skip_comment,
    "openers": openers,
    "closers": closers,
    "outermost?": outermost$q,
    "prefix?": prefix$q,
    "open": open,
    "close": close,
    "leave": leave,
    "list-up-to-here": list_up_to_here,
    "add": add,
    "join-items": join_items,
    "take-key": take_key,
    "key-of": key_of,
    "make-dict": make_dict,
    "refuse-repeated": refuse_repeated,
    "read-name": read_name,
    "token-end": token_end,
    "meaning": meaning,
    "number-ahead?": number_ahead$q,
    "read-number": read_number,
    "number-of": number_of,
    "numeral-end": numeral_end,
    "exponent-end": exponent_end,
    "skip-digits": skip_digits,
    "read-string": read_string,
    "closing-quote": closing_quote,
    "unescape": unescape,
    "escaped": escaped,
    "escape-end": escape_end,
    "hex-escape-end": hex_escape_end,
    "refuse-escape": refuse_escape,
    "hex-digits-end": hex_digits_end,
    "hex-number": hex_number,
    "refuse-unclosed": refuse_unclosed,
    "refuse-close": refuse_close,
    "line-start": line_start,
    "line-of": line_of,
  };
}
