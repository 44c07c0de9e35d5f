// Steps that make markup as text. What depends on no value is text already, neighbouring texts are one, and a text
// waits for the value that follows it where every way leads there, so that one step adds both.

import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import { Native } from "./machine.ts";
import {
  childPiecesPrinter,
  classListPrinter,
  type KnownAttribute,
  literalText,
  markupTexts,
  mayBePieces,
  piecesPrinter,
  printerFor,
  type ValuesPrinter,
} from "./markup.ts";
import { mapChildren } from "./natives.ts";
import type { Step, Steps } from "./steps.ts";
import { word } from "./words.ts";

export class MarkupSteps {
  private readonly steps: Steps;
  /** What pushed the value that has so many above it. */
  private readonly pushedBy: (above: number) => Step | null;
  /** The step that took in the text of the call that was added last. */
  joined: Step | null = null;

  constructor(steps: Steps, pushedBy: (above: number) => Step | null) {
    this.steps = steps;
    this.pushedBy = pushedBy;
  }

  /** Adds what a call of one of the functions that make markup comes to; false for the name of another. */
  add(name: string): boolean {
    const { steps } = this;
    switch (name) {
      case "%fragment":
        this.begin("");
        return true;
      case "%open": {
        const tag = steps.constantBefore();
        if (typeof tag?.value !== "string") return false; // the compiler knows every element
        steps.takeIn(1);
        this.begin(literalText(name, [tag.value]) ?? "");
        return true;
      }
      case "%enter":
      case "%leave":
        return this.fold(name, 1) || this.print(name, 1);
      case "%content":
        return this.fold(name, 0);
      case "%attribute":
        return this.fold(name, 3) || this.attribute() || this.print(name, 3);
      case "%attributes":
        return this.print(name, 3);
      case "%child":
        return this.fold(name, 1) || this.child();
      case "%text":
        return this.print(name, 2);
      case "%lines":
        steps.add(word.lines);
        return true;
      case "%markup":
        steps.add(word.markup);
        return true;
      default:
        return false;
    }
  }

  private begin(text: string): void {
    this.steps.add(word.begin, "constant", { constant: text });
  }

  /** A step that calls the function for its text. */
  private print(name: string, count: number): boolean {
    this.steps.add(word.print, "constant-count", { constant: markupTexts[name], b: count });
    return true;
  }

  /** Replaces a step whose arguments, all but the markup in the making, are constants. */
  private fold(name: string, count: number): boolean {
    const args: Value[] = [];
    for (let back = count - 1; back >= 0; back--) {
      const constant = this.steps.constantBefore(back);
      if (!constant) return false;
      args.push(constant.value);
    }
    const text = literalText(name, args);
    if (text === null) return false;
    this.steps.takeIn(count);
    this.append(text);
    return true;
  }

  /** Text that joins the markup in the making; neighbouring texts become one. */
  private append(text: string): void {
    const { steps } = this;
    const before = steps.before();
    if (before?.attribute) {
      printWith(before, { ...before.attribute, after: before.attribute.after + text });
      this.joined = before;
    } else if (before?.op === word.append || before?.op === word.begin) {
      before.constant = (before.constant as string) + text; // both add text
      this.joined = before;
    } else if (text !== "") steps.add(word.append, "constant", { constant: text });
  }

  private attribute(): boolean {
    const { steps } = this;
    const [tag, name] = [steps.constantBefore(1), steps.constantBefore(0)];
    if (typeof tag?.value !== "string" || typeof name?.value !== "string") return false;
    steps.takeIn(2);
    const attribute = { tag: tag.value, name: name.value, before: this.takeText(3), after: "" };
    const value = steps.before();
    const isClassList = value?.op === word.list && name.value.toLowerCase() === "class";
    if (value && (isClassList || this.isPieces(value, attribute))) {
      this.printValues(value, isClassList ? classListPrinter : piecesPrinter);
      printWith(value, attribute);
      this.joined = value;
    } else if (value?.op === word.getLocalKey && samePlace(value.place, steps.placeInHand)) {
      const { a, constant } = value;
      steps.takeIn(1);
      printWith(steps.add(word.attributeLocalKey, "slot-constant", { a, constant }), attribute);
    } else printWith(steps.add(word.attribute, "constant"), attribute);
    return true;
  }

  /** Whether the step before joins pieces that can as well be escaped one by one. */
  private isPieces(step: Step, attribute: KnownAttribute): boolean {
    const { op, place, constant } = step;
    return op === word.text && samePlace(place, this.steps.placeInHand) && mayBePieces(attribute, constant);
  }

  /** A step that made one value of several prints them instead. */
  private printValues(step: Step, printer: (attribute: KnownAttribute) => ValuesPrinter): void {
    const { a: b } = step;
    Object.assign(step, {
      op: word.printValues,
      layout: "constant-count",
      b,
      place: this.steps.placeInHand,
      printer,
    });
  }

  private child(): boolean {
    const { steps } = this;
    const mapped = steps.before();
    if (mapped?.op === word.native && mapped.constant instanceof Native && mapped.constant.name === "map") {
      mapped.constant = mapChildren;
      steps.add(word.child, "constant", { constant: "" });
      return true;
    }
    const text = this.takeText(1);
    const before = steps.before();
    if (before?.op === word.local) {
      const { a } = before;
      steps.takeIn(1);
      steps.add(word.childLocal, "slot-constant", { a, constant: text });
    } else if (before?.op === word.getLocalKey && samePlace(before.place, steps.placeInHand)) {
      const { a, constant } = before;
      steps.takeIn(1);
      steps.add(word.childLocalKey, "slot-constant", { a, constant, more: text });
    } else if (before?.op === word.text && samePlace(before.place, steps.placeInHand)) {
      this.printValues(before, piecesPrinter);
      before.constant = childPiecesPrinter(text);
      this.joined = before;
    } else steps.add(word.child, "constant", { constant: text });
    return true;
  }

  /** The text that joined last, before `count` values were pushed, if it can wait until they are there. */
  private takeText(count: number): string {
    const step = this.pushedBy(count);
    if (!step || step.gone || !this.steps.leadsHere(step)) return "";
    const { constant } = step;
    if (step.op === word.append) step.gone = true;
    else if (step.op === word.begin) step.constant = "";
    else return "";
    return constant as string; // both add text
  }
}

/** Has a step print an attribute. */
function printWith(step: Step, attribute: KnownAttribute): void {
  step.attribute = attribute;
  if (step.printer) step.constant = step.printer(attribute);
  else if (step.op === word.attributeLocalKey) step.more = printerFor(attribute);
  else step.constant = printerFor(attribute);
}

/** Whether errors of two instructions name one place. */
function samePlace(a: Span | null, b: Span | null): boolean {
  return a === b || (a?.source === b?.source && a?.start === b?.start && a?.end === b?.end);
}
