/**
 * Where and why a text is not valid JSON, in words a user can act on. Called only for invalid JSON. jsonc-parser is not used: for
 * a bad escape it reports the start of the string, for "01" the second digit, and it never says what was expected instead
 * of a wrong character.
 */

type JsonMistake = { readonly at: number; readonly problem: string };

const CUT = "the file ends in the middle: is it whole?";

/** The characters at this place, quoted for the message. */
const shown = (json: string, at: number): string => JSON.stringify(json.slice(at, at + 12).split(/[\r\n]/)[0] ?? "");

class Scan {
  readonly json: string;
  at = 0;

  constructor(json: string) {
    this.json = json;
  }

  /** Undefined when the whole text is one valid value. */
  document(): JsonMistake | undefined {
    return this.value() ?? this.end();
  }

  private end(): JsonMistake | undefined {
    this.space();
    return this.at < this.json.length
      ? this.because(`nothing more was expected, not ${shown(this.json, this.at)}`)
      : undefined;
  }

  private because(problem: string): JsonMistake {
    return { at: this.at, problem: this.at >= this.json.length ? CUT : problem };
  }

  private expected(what: string): JsonMistake {
    return this.because(`${what} was expected, not ${shown(this.json, this.at)}`);
  }

  private space(): void {
    while (" \t\r\n".includes(this.json[this.at] ?? "x")) this.at++;
  }

  private value(): JsonMistake | undefined {
    this.space();
    const first = this.json[this.at];
    if (first === "{") return this.members();
    if (first === "[") return this.list();
    if (first === '"') return this.string();
    return this.word();
  }

  /** A number, true, false or null. */
  private word(): JsonMistake | undefined {
    const word = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.+-])/.exec(
      this.json.slice(this.at, this.at + 400),
    );
    if (!word) return this.expected("a value");
    this.at += word[0].length;
    return undefined;
  }

  private string(): JsonMistake | undefined {
    const start = this.at;
    for (this.at++; this.at < this.json.length; this.at++) {
      const c = this.json[this.at] ?? "";
      if (c === '"') {
        this.at++;
        return undefined;
      }
      if (c === "\n" || c === "\r")
        return { at: start, problem: `a closing quote is missing after ${shown(this.json, start)}` };
      if (c < " ") return this.because("a control character inside a text");
      if (c !== "\\") continue;
      this.at++;
      const escape = this.json.slice(this.at, this.at + 5);
      if (!/^(["\\/bfnrt]|u[\da-fA-F]{4})/.test(escape))
        return this.expected('one of " \\ / b f n r t u after a backslash');
    }
    return this.because(CUT);
  }

  private list(): JsonMistake | undefined {
    return this.pieces("]", () => this.value());
  }

  private members(): JsonMistake | undefined {
    return this.pieces("}", () => {
      if (this.json[this.at] !== '"') return this.expected("a name in double quotes");
      const mistake = this.string();
      if (mistake) return mistake;
      this.space();
      if (this.json[this.at] !== ":") return this.expected("a colon");
      this.at++;
      return this.value();
    });
  }

  /** The comma-separated elements between brackets. */
  private pieces(close: string, one: () => JsonMistake | undefined): JsonMistake | undefined {
    this.at++;
    this.space();
    if (this.json[this.at] === close) {
      this.at++;
      return undefined;
    }
    for (;;) {
      this.space();
      const mistake = one();
      if (mistake) return mistake;
      this.space();
      const c = this.json[this.at];
      if (c !== "," && c !== close) return this.expected(`a comma or "${close}"`);
      this.at++;
      if (c === close) return undefined;
    }
  }
}

/** The first mistake; undefined for valid JSON. The text must be no deeper than `jsonExcess` allows, as this recurses. */
export function jsonMistake(json: string): JsonMistake | undefined {
  const other = otherFormat(json);
  return other === undefined ? new Scan(json).document() : { at: 0, problem: other };
}

/** Recognises, by their first characters, files of another format that were opened as JSON. */
export function otherFormat(json: string): string | undefined {
  const start = json.slice(0, 400).trimStart();
  if (start.startsWith("<")) return `this is ${/<kml[\s>]/i.test(start) ? "KML" : "XML or a web page"}, not JSON`;
  if (start.startsWith("PK\u0003\u0004")) return "this is a ZIP archive (perhaps KMZ), not JSON: unpack it first";
  if (/^QGC\s+WPL/i.test(start)) return "this is a Mission Planner mission (QGC WPL), not JSON";
  const kind = otherKind(json.slice(0, 400));
  if (kind !== undefined) return kind;
  // JSON begins with a bracket, quote, number or one of three words; anything else is another kind of text.
  const isJsonLike = start === "" || /^[{["\d-]|^(true|false|null)\b/.test(start.replace(/^\ufeff/, ""));
  return isJsonLike ? undefined : "this is a text of another kind";
}

/** Recognises binary formats by their first bytes, as `decodeText` renders them. */
function otherKind(beginning: string): string | undefined {
  if (/^.PNG\r\n|^\u00ff\u00d8\u00ff|^GIF8|^RIFF.{4}WEBP/s.test(beginning)) return "this is a picture";
  if (beginning.startsWith("%PDF-")) return "this is a PDF document";
  return beginning.includes("\u0000") ? "this is no text" : undefined;
}
