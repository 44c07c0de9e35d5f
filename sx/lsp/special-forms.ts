// The book of forms: every special form and definition, with its shape, what it does in a sentence, and examples. The
// editor and the session show it, the reference is made from it, and each example is run on every engine by
// special-forms.test.ts. What the forms mean is in ../spec/resolve.sx, whose names these must be.

export interface SpecialForm {
  readonly shape: string;
  readonly doc: string;
  /**
   * Programs, each with what its last expression gives: the written value, `html> ` and what a page shows, or `!> ` and
   * the kind of the error. Some forms have none.
   */
  readonly examples: readonly (readonly [program: string, promise: string])[];
  /** Only engines that capture continuations can run it. */
  readonly needsContinuations?: true;
}

export interface FormGroup {
  readonly name: string;
  readonly title: string;
  readonly forms: Readonly<Record<string, SpecialForm>>;
}

export const formGroups: readonly FormGroup[] = [
  {
    name: "choices",
    title: "Choices",
    forms: {
      if: {
        shape: "(if test then else)",
        doc: "One of two values; only `nil` and `false` are false. Without `else` it is `nil`.",
        examples: [
          ['(if (> 2 1) "more" "less")', '"more"'],
          ["(if nil 1)", "nil"],
        ],
      },
      when: {
        shape: "(when test body …)",
        doc: "The body where the test is true, else `nil`.",
        examples: [['(when (> 2 1) (print "so") 5)', "5"]],
      },
      cond: {
        shape: "(cond test value … :else value)",
        doc: "The value behind the first test that is true, else `nil`.",
        examples: [['(let ((n 0)) (cond (< n 0) "below" (> n 0) "above" :else "zero"))', '"zero"']],
      },
      case: {
        shape: "(case value key result … :else result)",
        doc: "The result behind the first key that equals the value, else `nil`.",
        examples: [['(case (+ 1 1) 1 "one" 2 "two" :else "many")', '"two"']],
      },
      and: {
        shape: "(and value …)",
        doc: "The first value that is false, or the last; the others are not computed.",
        examples: [
          ["(and 1 2)", "2"],
          ['(and nil (raise "never"))', "nil"],
        ],
      },
      or: {
        shape: "(or value …)",
        doc: "The first value that is true, or the last; the others are not computed.",
        examples: [
          ['(or nil "default")', '"default"'],
          ['(or 1 (raise "never"))', "1"],
        ],
      },
    },
  },
  {
    name: "names",
    title: "Variables and functions",
    forms: {
      let: {
        shape: "(let ((name value) …) body …)",
        doc: "Variables, each seeing those before it; `(let loop ((i 0)) …)` is a loop that goes on by calling `loop`.",
        examples: [
          ["(let ((x 1) (y (+ x 1))) (list x y))", "(1 2)"],
          ["(let loop ((i 0) (sum 0)) (if (= i 4) sum (loop (+ i 1) (+ sum i))))", "6"],
        ],
      },
      "let*": {
        shape: "(let* ((name value) …) body …)",
        doc: "Another spelling of `let`.",
        examples: [["(let* ((x 1) (y (+ x 1))) y)", "2"]],
      },
      letrec: {
        shape: "(letrec ((name value) …) body …)",
        doc: "Variables that all see each other, for functions that call one another.",
        examples: [
          [
            "(letrec ((even (fn (n) (or (= n 0) (odd (- n 1))))) (odd (fn (n) (and (!= n 0) (even (- n 1)))))) (even 10))",
            "true",
          ],
        ],
      },
      fn: {
        shape: "(fn (parameter … &rest more) body …)",
        doc: "A function.",
        examples: [["((fn (x &rest more) (list x more)) 1 2 3)", "(1 (2 3))"]],
      },
      lambda: {
        shape: "(lambda (parameter …) body …)",
        doc: "Another spelling of `fn`.",
        examples: [["((lambda (x) (* x x)) 3)", "9"]],
      },
      do: {
        shape: "(do form …)",
        doc: "The forms in order; the value of the last.",
        examples: [["(do 1 2 3)", "3"]],
      },
      begin: { shape: "(begin form …)", doc: "Another spelling of `do`.", examples: [["(begin 1 2)", "2"]] },
      "set!": {
        shape: "(set! name value)",
        doc: "Gives a variable another value, and is that value.",
        examples: [["(let ((n 1)) (set! n (+ n 1)) n)", "2"]],
      },
      "->": {
        shape: "(-> value step …)",
        doc: "The value through the steps, as the first argument of each, or where `_` stands.",
        examples: [
          ["(-> 10 (- 3) inc)", "8"],
          ["(-> 2 (list 1 _ 3))", "(1 2 3)"],
        ],
      },
      "->>": {
        shape: "(->> value step …)",
        doc: "The value through the steps, as the last argument of each, or where `_` stands.",
        examples: [["(->> (range 1 5) (filter even?) (map inc))", "(3 5)"]],
      },
    },
  },
  {
    name: "data",
    title: "Data as it is written",
    forms: {
      quote: {
        shape: "(quote datum)",
        doc: "The form as data, not evaluated; written `'datum`.",
        examples: [["'(a :k 1)", "(a :k 1)"]],
      },
      quasiquote: {
        shape: "(quasiquote template)",
        doc: "Data with holes: what `,` or `,@` marks in it is evaluated; written with a backquote.",
        examples: [["`(a ,(+ 1 2) ,@(list 4 5))", "(a 3 4 5)"]],
      },
      unquote: {
        shape: "(unquote form)",
        doc: "A hole in a template for one value; written `,form`.",
        examples: [
          ["`(sum ,(+ 1 2))", "(sum 3)"],
          [",x", "!> syntax/unquote-outside"],
        ],
      },
      "splice-unquote": {
        shape: "(splice-unquote form)",
        doc: "A hole in a template for the items of a list; written `,@form`.",
        examples: [["`(list ,@(range 3) end)", "(list 0 1 2 end)"]],
      },
    },
  },
  {
    name: "errors",
    title: "Errors",
    forms: {
      try: {
        shape: "(try body … (catch (e) handler …) (finally cleanup …))",
        doc: "The body; where it raises, the handler with what was raised; and the cleanup in any case.",
        examples: [
          ["(try (/ 1 0) (catch (e) (condition-kind e)))", '"arith/zero-div"'],
          ['(try 1 (finally (print "done")))', "1"],
        ],
      },
      catch: {
        shape: "(catch (e) handler …)",
        doc: "Inside `try`: what to do with an error, bound to the name.",
        examples: [["(try (raise 42) (catch (e) (+ e 1)))", "43"]],
      },
      finally: {
        shape: "(finally cleanup …)",
        doc: "Inside `try`: what is done however the body ends.",
        examples: [['(try (raise 42) (catch (e) e) (finally (print "done")))', "42"]],
      },
    },
  },
  {
    name: "control",
    title: "Around a computation",
    forms: {
      provide: {
        shape: "(provide key value body …)",
        doc: "The body, with a value that everything called inside finds by `context`.",
        examples: [
          ['(let ((greet (fn () (str "Hi " (context :user))))) (provide :user "Ann" (greet)))', '"Hi Ann"'],
        ],
      },
      context: {
        shape: "(context key default)",
        doc: "The value that the nearest `provide` around the running call gives the key.",
        examples: [
          ['(context :user "nobody")', '"nobody"'],
          ["(context :user)", "!> context/missing"],
        ],
      },
      prompt: {
        shape: "(prompt tag body …)",
        doc: "The body, with a mark up to which `capture` takes what is left to do.",
        examples: [["(prompt :p (+ 1 (capture :p (k) (* 2 (k 10)))))", "22"]],
        needsContinuations: true,
      },
      capture: {
        shape: "(capture tag (k) body …)",
        doc: "Takes what is left to do up to the nearest `prompt` of the tag, binds it as a function, and runs the body outside.",
        examples: [["(prompt :p (list (+ 1 (capture :p (k) (concat (k 10) (k 20))))))", "(11 21)"]],
        needsContinuations: true,
      },
      perform: {
        shape: "(perform operation argument …)",
        doc: "Asks the host for an effect and waits for its answer.",
        examples: [['(perform "unheard-of")', "!> effect/unhandled"]],
        needsContinuations: true,
      },
    },
  },
  {
    name: "markup",
    title: "Markup",
    forms: {
      "<>": {
        shape: "(<> child …)",
        doc: "A fragment: children without an element around them.",
        examples: [['(<> (b "a") "c")', "html> <b>a</b>c"]],
      },
      spread: {
        shape: "(spread dict)",
        doc: "Among props or attributes: the entries of a dict.",
        examples: [['(p (spread {:id "x" :title "t"}) "a")', 'html> <p id="x" title="t">a</p>']],
      },
      suspense: {
        shape: "(suspense :fallback markup pending (fn (value) …))",
        doc: "Shows the fallback until the pending value is there, then what the function makes of it.",
        examples: [['(suspense :fallback (p "…") 5 (fn (v) (p v)))', "html> <p>5</p>"]],
      },
    },
  },
  {
    name: "definitions",
    title: "Definitions",
    forms: {
      define: {
        shape: "(define name value) or (define (name parameter …) body …)",
        doc: "A definition: a value, or a function.",
        examples: [["(define (double n) (* 2 n)) (define six (double 3)) six", "6"]],
      },
      defcomp: {
        shape: "(defcomp ~name (&key prop … &rest children) body …)",
        doc: "A component: a function of named props and children whose value is markup.",
        examples: [
          [
            '(defcomp ~card (&key title &rest children) (div (h2 title) children)) (~card :title "Hi" (p "x"))',
            "html> <div><h2>Hi</h2><p>x</p></div>",
          ],
        ],
      },
      defisland: {
        shape: "(defisland ~name (&key prop …) body …)",
        doc: "A component that goes on living in the browser.",
        examples: [],
      },
      defmacro: {
        shape: "(defmacro name (parameter …) body …)",
        doc: "A macro: a function from forms to the form that stands in their place.",
        examples: [
          ["(defmacro unless (test &rest body) `(if ,test nil (do ,@body))) (unless false 1 2)", "2"],
        ],
      },
      deftest: {
        shape: '(deftest "claim" body …)',
        doc: "A test: it fails when its body raises or asserts nothing. `sx test` runs them.",
        examples: [],
      },
      defpage: { shape: "(defpage …)", doc: "Kept for a later version.", examples: [] },
    },
  },
];

/** Each form by its name. */
export const formDocs: ReadonlyMap<string, SpecialForm> = new Map(
  formGroups.flatMap(({ forms }) => Object.entries(forms)),
);
