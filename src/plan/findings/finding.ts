/** Kinds of findings about a plan. The sentences for them are in the screens and the command line, in both languages. */
export type FindingKind =
  | "no-items"
  | "not-flyable-item"
  | "area-invalid"
  | "no-take-off"
  | "no-return"
  | "no-landing"
  | "return-without-landing"
  | "never-ends"
  | "repeats-too-often"
  | "landing-approach-low"
  | "landing-approach-steep"
  | "landing-inside-circle"
  | "landing-start-misplaced"
  | "no-home"
  | "too-many-items"
  | "place-without-height"
  | "no-place"
  | "param-missing"
  | "frame-not-understood"
  | "too-low"
  | "too-high"
  | "mixed-datums"
  | "below-ground"
  | "into-terrain"
  | "near-terrain"
  | "too-high-above-ground"
  | "home-height-differs"
  | "terrain-unknown"
  | "outside-fence"
  | "fence-unclear"
  | "far-from-home"
  | "long-hop"
  | "speed-too-high"
  | "wind-too-strong"
  | "energy-reserve"
  | "energy-unknown"
  | "not-an-aircraft"
  | "land-and-sea"
  | "training";

export type PlanFinding = {
  readonly kind: FindingKind;
  /** danger: do not fly this; caution: check it; info: nothing to do. */
  readonly severity: "info" | "caution" | "danger";
  /** The mission item concerned, counted from 1 through the plan: a file's `doJumpId`, ArduPilot's item number. */
  readonly seq?: number;
  /** The values that the finding's text needs. */
  readonly facts: Readonly<Record<string, string | number>>;
};

type More = Partial<Pick<PlanFinding, "seq" | "facts">>;

export const finding = (
  kind: FindingKind,
  severity: PlanFinding["severity"],
  { seq, facts = {} }: More = {},
): PlanFinding => ({ kind, severity, ...(seq !== undefined && { seq }), facts });

export const seqOf = (itemIndex: number): number => itemIndex + 1;
