/**
 * MAV_PARAM_TYPE by name; `real64` and the 64-bit integers do not fit into PARAM_VALUE and are read from files only.
 */
export type ParamType = "uint8" | "int8" | "uint16" | "int16" | "uint32" | "int32" | "real32";

/** The description of a parameter by the autopilot or its metadata file; every member may be missing. */
export type ParamMetadata = {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly group: string | undefined;
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly increment: number | undefined;
  readonly decimals: number | undefined;
  readonly defaultValue: number | undefined;
  readonly choices: readonly { readonly value: number; readonly label: string }[];
  readonly bits: readonly { readonly bit: number; readonly label: string }[];
  readonly needsReboot: boolean;
  readonly isReadOnly: boolean;
};

export type Param = {
  readonly name: string;
  readonly value: number;
  readonly type: ParamType;
  readonly metadata: ParamMetadata | undefined;
  /** It was written since the autopilot started, and takes effect only after a restart. */
  readonly awaitsReboot: boolean;
};

export type ParamSource = "packed-file" | "cache" | "one-by-one";

export type ParamLoad =
  | { readonly phase: "none" }
  | {
      readonly phase: "loading";
      readonly way: ParamSource;
      readonly countOfDone: number;
      /** Undefined until the autopilot has sent the number of parameters. */
      readonly countOfAll: number | undefined;
    }
  | { readonly phase: "complete"; readonly way: ParamSource; readonly countOfAll: number; readonly unixTimeUs: number }
  | { readonly phase: "failed"; readonly failure: ParamFailure; readonly countOfDone: number };

export type ParamFailure =
  | { readonly kind: "no-reply" }
  | { readonly kind: "vehicle-lost" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "busy" }
  | { readonly kind: "unknown-name"; readonly name: string }
  | {
      readonly kind: "out-of-range";
      readonly name: string;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  /**
   * The autopilot replied with another value than the one written: the parameter is read-only, or the value was
   * limited.
   */
  | { readonly kind: "not-taken"; readonly name: string; readonly value: number }
  | { readonly kind: "not-now"; readonly because: "watched-only" | "high-latency-link" }
  /** The aircraft is armed, and no person has confirmed the write. */
  | { readonly kind: "not-confirmed"; readonly name: string };

/** A line of a parameter file, or of a comparison. */
export type NamedValue = { readonly name: string; readonly value: number };
