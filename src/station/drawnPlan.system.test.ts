/** A plan drawn for a fixed wing with the station's standard aircraft file is accepted by its autopilot. */
import { afterAll, describe, expect, it } from "vitest";
import { planFromArea } from "../plan/makeSortie.js";
import { writePlanFile } from "../plan/formats/planFile.js";
import { standIn } from "../plan/standIn.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import { standardAircraft } from "./standardAircraft.js";
import { Children, ofKind } from "./testing/servedStation.js";
import { startTrial, type TrialFlavour } from "./testing/trial/trial.js";

const children = new Children();
afterAll(() => children.killAll());

function drawnFor({ mavType, mavAutopilot, home }: VehicleState): string {
  const { aircraft, isAssumed } = standIn(standardAircraft()!, { mavType, mavAutopilot });
  const at = home!.value.position;
  const corner = (northDeg: number, eastDeg: number) => ({
    latitudeDeg: at.latitudeDeg + northDeg,
    longitudeDeg: at.longitudeDeg + eastDeg,
  });
  const sortie = planFromArea({
    name: "drawn",
    area: [corner(0.002, 0.001), corner(0.002, 0.004), corner(0.004, 0.004), corner(0.004, 0.001)],
    home: home!.value,
    aircraft,
    isAircraftAssumed: isAssumed,
    see: "person",
    podWanted: 0.9,
    wind: { fromDeg: 0, speedMps: 0 },
    isTraining: true,
    override: {},
  });
  if (!sortie.ok) throw new Error(sortie.error.kind);
  return writePlanFile(sortie.value.plan);
}

describe("a plan drawn for a wing", () => {
  it.each<TrialFlavour>([
    { autopilot: "px4", airframe: "vtol", px4: "1.15" },
    { autopilot: "ardupilot", airframe: "plane" },
  ])("has no objections and is verified aboard: $autopilot $airframe", async (flavour) => {
    const { ask, published, vehicle, vehicleId, stop } = await startTrial(children, flavour);
    const request = {
      kind: "upload-plan",
      vehicleId: vehicleId(),
      planText: drawnFor(vehicle()!),
      overrideReason: undefined,
    } as const;
    expect(await ask(request)).toEqual({ ok: true, value: { kind: "done" } });
    expect(ofKind(published, "aircraft-plan").at(-1)?.plan.kind).toBe("verified");
    await stop();
  });
});
