/**
 * Parameter files of other ground stations. One parameter a line; empty lines and lines that begin with "#" are
 * skipped.
 *
 *   .param  (Mission Planner, MAVProxy)  NAME,VALUE — also NAME VALUE or NAME<tab>VALUE, a comment may follow behind "#"
 *   .params (QGroundControl)             system <tab> component <tab> NAME <tab> VALUE <tab> MAV_PARAM_TYPE
 */
import { err, ok, type Result } from "../../core/result.js";
import type { NamedValue, Param } from "../../vehicle/params.js";
import { paramTypeNumber } from "../protocols/params/paramWire.js";

/** Lines count from 1; `problem` is plain English, as for every file this station reads. */
type ParamFileProblem = { readonly line: number; readonly problem: string };

/**
 * Upper limit: 1,500 parameters with a comment each take 150 kB. The file is read on the thread that sends the
 * heartbeats.
 */
const CHARS_MAX = 1_000_000;
const LINES_MAX = 20_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,15}$/;

/** The values in the order of the file; of a name that comes twice the last value counts. */
export function readParamFile(text: string): Result<readonly NamedValue[], ParamFileProblem> {
  if (text.length > CHARS_MAX) return err({ line: 1, problem: `larger than ${CHARS_MAX / 1e6} MB` });
  const values = new Map<string, number>();
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.length > LINES_MAX) return err({ line: LINES_MAX + 1, problem: `more than ${LINES_MAX} lines` });
  for (const [index, line] of lines.entries()) {
    const content = line.replace(/#.*$/, "").trim();
    if (content === "") continue;
    const read = readLine(content);
    if (typeof read === "string") return err({ line: index + 1, problem: read });
    values.delete(read.name);
    values.set(read.name, read.value);
  }
  if (values.size === 0) return err({ line: lines.length, problem: "no parameter in this file" });
  return ok([...values].map(([name, value]) => ({ name, value })));
}

function readLine(content: string): NamedValue | string {
  const columns = content.split(/\s*,\s*|\s+/);
  const isFive = columns.length === 5 && /^\d+$/.test(columns[0] ?? "");
  const [name = "", valueText = ""] = isFive ? columns.slice(2, 4) : columns;
  if (!isFive && columns.length !== 2) return `${columns.length} columns: a name and a value, or five, belong here`;
  if (!NAME.test(name)) return `"${name.slice(0, 40)}" is not a parameter's name`;
  const value = Number(valueText);
  if (valueText === "" || !Number.isFinite(value)) return `"${valueText.slice(0, 40)}" is not a number`;
  return { name, value };
}

/** Nine digits distinguish every 32-bit float; integers are written without a decimal point. */
function valueText({ value, type }: Param): string {
  if (type !== "real32") return String(Math.trunc(value));
  const short = Number(value.toPrecision(7));
  return String(Math.fround(short) === Math.fround(value) ? short : Number(value.toPrecision(9)));
}

/** Sorted by name, as Mission Planner saves it. */
export const writeParamFile = (params: readonly Param[]): string =>
  sorted(params)
    .map((param) => `${param.name},${valueText(param)}\n`)
    .join("");

/** The component id is the autopilot's. Vehicle name and firmware are written as comments at the top, where known. */
export function writeQgcParamFile(
  params: readonly Param[],
  vehicle: { readonly systemId: number; readonly componentId: number; readonly remarks: readonly string[] },
): string {
  const head = ["Onboard parameters", ...vehicle.remarks, "Vehicle-Id Component-Id Name Value Type"];
  const lines = sorted(params).map((param) =>
    [vehicle.systemId, vehicle.componentId, param.name, valueText(param), paramTypeNumber(param.type)].join("\t"),
  );
  return [...head.map((line) => `# ${line}`), ...lines, ""].join("\n");
}

const sorted = (params: readonly Param[]): readonly Param[] =>
  [...params].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
