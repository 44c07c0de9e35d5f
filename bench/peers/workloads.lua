-- The workloads of ../language.sx in Lua, for wasmoon and fengari.
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
local function sum_down(n, total) if n == 0 then return total end return sum_down(n - 1, total + n) end
local function down_odd(n) end
local function down_even(n) if n == 0 then return true end return down_odd(n - 1) end
down_odd = function(n) if n == 0 then return false end return down_even(n - 1) end
local function square_sum(n)
  local even, squares, sum = {}, {}, 0
  for i = 0, n - 1 do if i % 2 == 0 then even[#even + 1] = i end end
  for i = 1, #even do squares[i] = (function(x) return x * x end)(even[i]) end
  for i = 1, #squares do sum = sum + squares[i] end
  return sum
end
local function safe(queen, placed)
  local distance = 1
  for i = #placed, 1, -1 do
    local other = placed[i]
    if other == queen or other == queen + distance or other == queen - distance then return false end
    distance = distance + 1
  end
  return true
end
local function place_rows(rows, size, placed)
  if rows == 0 then return 1 end
  local ways = 0
  for column = 1, size do
    if safe(column, placed) then
      placed[#placed + 1] = column
      ways = ways + place_rows(rows - 1, size, placed)
      placed[#placed] = nil
    end
  end
  return ways
end
local function make_adder(n) return function(x) return x + n end end
local function closures(n, total) if n == 0 then return total end return closures(n - 1, total + make_adder(n)(1)) end
local function make_counter() local count = 0 return function() count = count + 1 return count end end
local function count_up(n) local step, last = make_counter(), 0 for _ = 1, n do last = step() end return last end
local function build_string(n) local text = "" while n ~= 0 do text = text .. "x" .. n n = n - 1 end return #text end
local workloads = {
  ["fib"] = fib,
  ["self-loop"] = function(n) return sum_down(n, 0) end,
  ["mutual-calls"] = function(n) return down_even(n) and 1 or 0 end,
  ["square-sum"] = square_sum,
  ["queens"] = function(n) return place_rows(n, n, {}) end,
  ["closures"] = function(n) return closures(n, 0) end,
  ["count-up"] = count_up,
  ["build-string"] = build_string,
}
function run_workload(name, n) return workloads[name](n) end
