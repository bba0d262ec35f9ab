/** XML as a tree, within limits; what could make a small file large, or fetch another (DTDs, entities of its own), is refused. */
import { SaxesParser } from "saxes";
import { err, ok, type Result } from "../../core/result.js";
import type { ShapeProblem } from "../geoJsonShape.js";

export type XmlElement = {
  /** Without the prefix of its namespace. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own letters, without those of its children. */
  readonly text: string;
  readonly line: number;
};

type XmlLimits = { readonly charsMax: number; readonly depthMax: number; readonly elementsMax: number };
const LIMITS: XmlLimits = { charsMax: 32_000_000, depthMax: 64, elementsMax: 1_000_000 };

type Open = { name: string; attributes: Map<string, string>; children: XmlElement[]; text: string; line: number };

/** The outermost element, or the first mistake with its line. */
export function readXml(text: string, limits = LIMITS): Result<XmlElement, ShapeProblem> {
  if (text.length > limits.charsMax)
    return err({ where: undefined, problem: `larger than ${limits.charsMax / 1e6} MB of text` });
  try {
    const root = new TreeBuilder(limits).build(text);
    return root ? ok(root) : err({ where: "line 1", problem: "no element was found" });
  } catch (problem) {
    if (problem instanceof XmlMistake) return err({ where: `line ${problem.line}`, problem: problem.message });
    throw problem;
  }
}

class XmlMistake extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

class TreeBuilder {
  readonly #limits: XmlLimits;
  readonly #parser = new SaxesParser();
  readonly #open: Open[] = [];
  #root: XmlElement | undefined;
  #countOfElements = 0;

  constructor(limits: XmlLimits) {
    this.#limits = limits;
  }

  build(text: string): XmlElement | undefined {
    const parser = this.#parser;
    parser.on("doctype", () => this.#stop("a DTD is not read"));
    parser.on("error", ({ message }) => this.#stop(message.replace(/^\d+:\d+: /, "")));
    parser.on("opentag", ({ name, attributes }) => this.#onOpen(name, attributes));
    parser.on("text", (letters) => this.#onText(letters));
    parser.on("cdata", (letters) => this.#onText(letters));
    parser.on("closetag", () => this.#onClose());
    parser.write(text).close();
    return this.#root;
  }

  #onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length >= this.#limits.depthMax) this.#stop(`nested deeper than ${this.#limits.depthMax} levels`);
    if (++this.#countOfElements > this.#limits.elementsMax)
      this.#stop(`more than ${this.#limits.elementsMax} elements`);
    const words = new Map(Object.entries(attributes));
    this.#open.push({ name: plainName(name), attributes: words, children: [], text: "", line: this.#parser.line });
  }

  #onText(letters: string): void {
    const inner = this.#open.at(-1);
    if (inner) inner.text += letters;
  }

  #onClose(): void {
    const closed = this.#open.pop();
    if (!closed) return;
    const outer = this.#open.at(-1);
    if (outer) outer.children.push(closed);
    else this.#root = closed;
  }

  #stop(message: string): never {
    throw new XmlMistake(this.#parser.line, message);
  }
}

const plainName = (name: string): string => name.slice(name.indexOf(":") + 1);

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The letters of a child, trimmed; undefined where there are none. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  const text = childOf(element, name)?.text.trim();
  return text === "" ? undefined : text;
}
