import { z } from "zod";

export const finite = z.number();
const NAME_MAX = 200;
export const name = z.string().min(1).max(NAME_MAX);
export const position = z.strictObject({
  latitudeDeg: finite.min(-90).max(90),
  longitudeDeg: finite.min(-180).max(180),
});
const height = z.strictObject({ datum: z.enum(["amsl", "home", "terrain"]), valueM: finite.min(-500).max(20_000) });

/** The commands a screen may request; the vehicle's dialect decides whether one is possible on that aircraft. */
const command = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("arm") }),
  z.strictObject({ kind: z.literal("disarm") }),
  z.strictObject({ kind: z.literal("take-off"), altitudeAboveHomeM: finite.min(0).max(10_000) }),
  z.strictObject({ kind: z.literal("start-mission") }),
  z.strictObject({ kind: z.literal("pause") }),
  z.strictObject({ kind: z.literal("resume") }),
  z.strictObject({ kind: z.literal("jump-to-item"), item: z.int().min(0).max(65_535) }),
  z.strictObject({ kind: z.literal("go-to"), position, height }),
  z.strictObject({
    kind: z.literal("orbit"),
    centre: position,
    height,
    radiusM: finite.min(1).max(10_000),
    direction: z.enum(["clockwise", "counter-clockwise"]),
  }),
  z.strictObject({ kind: z.literal("return") }),
  z.strictObject({ kind: z.literal("land") }),
  z.strictObject({
    kind: z.literal("change-speed"),
    speedKind: z.enum(["air", "ground"]),
    speedMps: finite.min(0.1).max(200),
  }),
  z.strictObject({ kind: z.literal("change-altitude"), height }),
  z.strictObject({ kind: z.literal("change-heading"), headingDeg: finite.min(0).max(360) }),
  z.strictObject({ kind: z.literal("transition"), to: z.enum(["hover", "forward"]) }),
  z.strictObject({ kind: z.literal("set-mode"), customMode: z.int().min(0).max(0xffff_ffff) }),
  z.strictObject({ kind: z.literal("enable-fence"), isEnabled: z.boolean() }),
  z.strictObject({ kind: z.literal("reboot") }),
]);

const COMMAND_ID_MAX = 64;
/** The fields of a `CommandOrder`. */
export const commandOrder = { commandId: z.string().min(1).max(COMMAND_ID_MAX), command, isConfirmed: z.boolean() };
