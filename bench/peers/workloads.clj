;; The workloads of ../language.sx in Clojure, for squint and nbb.
(defn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(defn sum-down [n total] (if (= n 0) total (recur (- n 1) (+ total n))))
(defn square-sum [n]
  (reduce (fn [a b] (+ a b)) 0 (map (fn [x] (* x x)) (filter (fn [x] (= 0 (mod x 2))) (range n)))))
(defn safe [queen distance placed]
  (if (empty? placed)
    true
    (let [other (first placed)]
      (if (or (= other queen) (= other (+ queen distance)) (= other (- queen distance)))
        false
        (recur queen (+ distance 1) (rest placed))))))
(declare try-columns)
(defn place-rows [rows size placed] (if (= rows 0) 1 (try-columns 1 rows size placed)))
(defn try-columns [column rows size placed]
  (if (> column size)
    0
    (+ (if (safe column 1 placed) (place-rows (- rows 1) size (cons column placed)) 0)
       (try-columns (+ column 1) rows size placed))))
(defn make-adder [n] (fn [x] (+ x n)))
(defn add-with-closures [n total]
  (if (= n 0) total (recur (- n 1) (+ total ((make-adder n) 1)))))
(defn make-counter [] (let [n (atom 0)] (fn [] (swap! n inc) @n)))
(defn count-up [n] (let [step (make-counter)] (loop [left n] (if (= left 1) (step) (do (step) (recur (- left 1)))))))
(defn join-up [n text] (if (= n 0) (count text) (recur (- n 1) (str text "x" n))))
(defn run-workload [name n]
  (case name
    "fib" (fib n)
    "self-loop" (sum-down n 0)
    "square-sum" (square-sum n)
    "queens" (place-rows n n [])
    "closures" (add-with-closures n 0)
    "count-up" (count-up n)
    "build-string" (join-up n "")))
