/** Which parameters are listed, and in what order. Pure. */
import type { Param } from "../../../src/vehicle/params.js";
import { isChanged } from "./paramValue.js";

type ParamFilter = "all" | "favourites" | "changed";
export type ParamView = {
  readonly search: string;
  /** Undefined for all. */
  readonly group: string | undefined;
  readonly filter: ParamFilter;
};

/** Without group metadata the group is the name's first part: "BATT" of "BATT_CAPACITY". */
export const groupOf = ({ name, metadata }: Param): string => metadata?.group ?? /^[^_]+/.exec(name)?.[0] ?? name;

type Group = { readonly name: string; readonly count: number };

export function groupsOf(params: Iterable<Param>): readonly Group[] {
  const counts = new Map<string, number>();
  for (const param of params) counts.set(groupOf(param), (counts.get(groupOf(param)) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * How well a parameter matches the search terms: 0 by name, 1 by title, 2 by description; undefined when it does not.
 */
function rankOf({ name, metadata }: Param, words: readonly string[]): number | undefined {
  const fields = [name, metadata?.title ?? "", metadata?.description ?? ""].map((text) => text.toLowerCase());
  let worst = 0;
  for (const term of words) {
    const rank = fields.findIndex((text) => text.includes(term));
    if (rank < 0) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

const passes = (param: Param, { group, filter }: ParamView, favourites: ReadonlySet<string>): boolean => {
  if (group !== undefined && groupOf(param) !== group) return false;
  if (filter === "favourites") return favourites.has(param.name);
  return filter === "all" || isChanged(param);
};

/** Every search term must match; matches by name come first, each part sorted by name. */
export function shownParams(
  params: Iterable<Param>,
  view: ParamView,
  favourites: ReadonlySet<string>,
): readonly Param[] {
  const words = view.search
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== "");
  const found: { readonly param: Param; readonly rank: number }[] = [];
  for (const param of params) {
    const rank = passes(param, view, favourites) ? rankOf(param, words) : undefined;
    if (rank !== undefined) found.push({ param, rank });
  }
  found.sort((a, b) => a.rank - b.rank || (a.param.name < b.param.name ? -1 : 1));
  return found.map(({ param }) => param);
}
