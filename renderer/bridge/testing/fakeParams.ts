/** 1,400 fake parameters with every kind of metadata, for looking at the parameter pages. */
import type { Param, ParamMetadata } from "../../../src/vehicle/params.js";

const bare: ParamMetadata = {
  title: undefined,
  description: undefined,
  group: undefined,
  unit: undefined,
  min: undefined,
  max: undefined,
  increment: undefined,
  decimals: undefined,
  defaultValue: undefined,
  choices: [],
  bits: [],
  needsReboot: false,
  isReadOnly: false,
};

export const demoParam = (
  change: Partial<Param> & { readonly name: string },
  metadata: Partial<ParamMetadata> = {},
): Param => ({
  value: 0,
  type: "real32",
  awaitsReboot: false,
  metadata: { ...bare, ...metadata },
  ...change,
});

const KNOWN: readonly Param[] = [
  demoParam(
    { name: "RTL_ALT", value: 3000, type: "int32" },
    {
      title: "RTL altitude",
      description: "The height above home to which the vehicle climbs before it returns.",
      unit: "cm",
      min: 30,
      max: 300_000,
      increment: 1,
      defaultValue: 1500,
    },
  ),
  demoParam(
    { name: "FS_THR_ENABLE", value: 1, type: "int8" },
    {
      title: "Throttle failsafe",
      description: "What the aircraft does when the pilot's radio is lost.",
      defaultValue: 1,
      choices: [
        { value: 0, label: "Disabled" },
        { value: 1, label: "Enabled always RTL" },
        { value: 3, label: "Enabled always Land" },
        { value: 4, label: "Enabled always SmartRTL or RTL" },
      ],
    },
  ),
  demoParam(
    { name: "ARMING_CHECK", value: 6, type: "int32" },
    {
      title: "Arm checks to perform",
      description: "Checks that must pass before the motors may start.",
      defaultValue: 1,
      bits: [
        { bit: 0, label: "All" },
        { bit: 1, label: "Barometer" },
        { bit: 2, label: "Compass" },
        { bit: 3, label: "GPS lock" },
        { bit: 4, label: "INS" },
        { bit: 5, label: "Parameters" },
      ],
    },
  ),
  demoParam(
    { name: "SERIAL1_BAUD", value: 57, type: "int32", awaitsReboot: true },
    {
      title: "Telem1 baud rate",
      description: "The baud rate of the first telemetry port.",
      needsReboot: true,
      defaultValue: 57,
      choices: [
        { value: 57, label: "57600" },
        { value: 115, label: "115200" },
      ],
    },
  ),
  demoParam(
    { name: "STAT_FLTTIME", value: 48_211, type: "int32" },
    { title: "Total flight time", unit: "s", isReadOnly: true },
  ),
  demoParam(
    { name: "ATC_RAT_PIT_P", value: 0.135 },
    { title: "Pitch rate P gain", min: 0.01, max: 0.5, increment: 0.005, defaultValue: 0.135 },
  ),
];

const FAMILIES = [
  "ACRO",
  "AHRS",
  "ATC",
  "BATT",
  "CAM",
  "COMPASS",
  "EK3",
  "FENCE",
  "GPS",
  "INS",
  "MNT1",
  "RC1",
  "SERIAL2",
  "WPNAV",
];

export function demoParams(): Param[] {
  const rest = Array.from({ length: 1400 - KNOWN.length }, (_, i): Param => {
    const family = FAMILIES[i % FAMILIES.length] ?? "MISC";
    const name = `${family}_P${String(i).padStart(4, "0")}`;
    const defaultValue = (i * 37) % 200;
    return demoParam(
      { name, value: i % 17 === 0 ? defaultValue + 1 : defaultValue },
      i % 5 === 0
        ? {}
        : {
            title: `Setting ${i} of ${family}`,
            description: `What setting ${i} does.`,
            defaultValue,
            min: 0,
            max: 400,
          },
    );
  });
  return [...KNOWN, ...rest];
}
