; The workloads of ../language.sx that BiwaScheme is asked for.
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
