import { describe, expect, it } from "vitest";
import { err } from "../../core/result.js";
import { missionItemsOf, type MissionItem } from "../../plan/plan.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { MissionWatch } from "./missionWatch.js";
import type { Known } from "./stationClient.js";
import { ARMED_ALREADY, aStation, CALLED_OFF, plan, REFUSED, SILENT, turn } from "./testing/fakeStation.js";
import { ARDUPILOT, PX4, shown, type Shown } from "./testing/shownVehicle.js";

const STANDING = shown({ isArmed: false, landed: "ground" });
const ARMED = shown({ isArmed: true, landed: "ground" });
const FLYING = shown({ isArmed: true, landed: "air", speedMps: 8, seq: 3 });
/** The last item of the plan (return to launch), in ArduPilot's counting. */
const AT_THE_END = shown({ isArmed: true, landed: "air", speedMps: 8, seq: missionItemsOf(plan).length });

/** Armed, then Ctrl-C while `start-mission` is pending. */
async function cancelledWhileStarting() {
  const station = aStation(STANDING);
  const over = station.flight.fly();
  await station.answer("upload-plan");
  await station.see(ARMED);
  await station.answer("arm");
  await turn();
  station.flight.bringBack();
  return { ...station, over };
}

describe("vigie fly", () => {
  it("says at once, and again, what it waits for while no aircraft is heard", async () => {
    const { flight, see, lines } = aStation(undefined);
    void flight.fly();
    await turn();
    expect(lines).toEqual(["waiting for an aircraft on udp://:14550 (90 s more at most)"]);
    await see(undefined);
    expect(lines.at(-1)).toBe("waiting for an aircraft on udp://:14550 (80 s more at most)");
    await see(STANDING);
    expect(lines.at(-1)).toMatch(/^vehicle /);
  });

  it("review 1.0, findings 1: has not landed while the newest state is older than the arming", async () => {
    const { flight, answer, see, lines } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm");
    await answer("start-mission");
    // A heartbeat from before the arming (they come once a second): it is no evidence of a landing.
    await see(STANDING);
    await see(shown({ isArmed: false, landed: "ground", atMonoMs: 900 }));
    expect(lines).not.toContain("landed and disarmed");
    await see(ARMED);
    await see(FLYING);
    await see(AT_THE_END);
    await see(shown({ isArmed: false, landed: "ground", atMonoMs: 2000 }));
    expect(await over).toMatchObject({ isVerified: true, problem: undefined });
    expect(lines.at(-1)).toBe("landed and disarmed");
  });

  it("says no landing of an aircraft that is disarmed in the air", async () => {
    const { flight, answer, see, lines } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm");
    await answer("start-mission");
    await see(FLYING);
    await see(shown({ isArmed: false, landed: "air" }));
    expect((await over).problem).toContain("not known to have landed");
    expect(lines.at(-1)).toMatch(/^the aircraft: disarmed, GUIDED, 56 m above home/);
  });

  describe("attack: what ended without a landing that was seen", () => {
    type Seen = Shown & { readonly heightM?: number; readonly texts?: VehicleState["texts"] };
    const vehicleAt = ({ heightM, ...rest }: Seen): VehicleState => {
      const vehicle = shown(rest);
      const { position } = vehicle;
      return heightM === undefined || !position
        ? vehicle
        : { ...vehicle, position: { ...position, value: { ...position.value, altitudeAboveHomeM: heightM } } };
    };
    /** A flight to the end of its plan, except for what is given: returns the problem and what was printed. */
    async function flown(
      states: readonly Seen[],
      first: readonly Seen[] = [{ isArmed: true, landed: "air", seq: 14 }],
      standing = STANDING,
    ) {
      const { flight, answer, see, lines } = aStation(standing);
      const over = flight.fly();
      await answer("upload-plan");
      await answer("arm");
      await answer("start-mission");
      if (standing === STANDING) await see(ARMED);
      for (const state of [...first, ...states]) await see(vehicleAt(state));
      const { problem, landedUs } = await over;
      return { problem: problem ?? "none", landedUs, lines };
    }
    const NO_LANDING = "not known to have landed";

    it("its word of flying went stale, then it was disarmed at 50 m: no landing", async () => {
      const up = { isArmed: true, heightM: 50, speedMps: 5 };
      const air = { ...up, landed: "air", atMonoMs: 1000 } as const;
      const hovering = [3000, 5000, 7000, 9000].map((atMonoMs) => ({ ...up, atMonoMs }));
      const off = [10_000, 12_000, 14_500].map((atMonoMs) => ({ ...up, isArmed: false, atMonoMs }));
      const { problem, landedUs } = await flown([air, ...hovering, ...off]);
      expect(problem).toContain(NO_LANDING);
      expect(problem).toContain("50 m above its take-off, moving at 5 m/s, without a word");
      expect(landedUs).toBeUndefined();
    });
    it("disarmed while it hovered at 50 m, without a word of its own", async () => {
      const times = [1000, 3000, 5000, 7000, 9000, 11_000];
      const states = times.map((atMonoMs) => ({ isArmed: atMonoMs < 6000, heightM: 50, atMonoMs }));
      expect((await flown(states, [])).problem).toContain(`${NO_LANDING}: 50 m above its take-off, moving at 0 m/s`);
    });
    it("never left the ground", async () => {
      const { problem, lines } = await flown([{ isArmed: false, landed: "ground", atMonoMs: 1000 }], []);
      expect(problem).toContain("never took off");
      expect(lines).not.toContainEqual(expect.stringContaining("landed"));
    });
    it("silent in the air, and back disarmed on the ground", async () => {
      const back = { isArmed: false, landed: "ground", atMonoMs: 21_000 } as const;
      const { problem } = await flown([{ isArmed: true, landed: "air", atMonoMs: 1000, seq: 14 }, back]);
      expect(problem).toBe("the aircraft was not heard for 20 s and is disarmed now: it was not seen landing");
    });
    it("silent in the air, back flying, and then seen landing: a landing", async () => {
      const air = [1000, 21_000].map((atMonoMs) => ({ isArmed: true, landed: "air", atMonoMs, seq: 14 }) as const);
      expect((await flown([...air, { isArmed: false, landed: "ground", atMonoMs: 22_000 }])).problem).toBe("none");
    });
    it("landed, by standing at the height of its take-off, where it says nothing itself", async () => {
      const below = (atMonoMs: number, isArmed: boolean) => ({ isArmed, heightM: -12, atMonoMs }) as const;
      const up = [1000, 2000].map((atMonoMs) => ({ isArmed: true, heightM: 40, atMonoMs, seq: 14 }));
      const down = [3000, 4000, 5500].map((atMonoMs) => below(atMonoMs, true));
      expect(
        (await flown([...up, ...down, below(6000, false)], [below(500, true)], vehicleAt(below(0, false)))).problem,
      ).toBe("none");
    });
    it("landed in the middle of its plan: says at which item, and how far from where the plan ends", async () => {
      const off = shown({ isArmed: false, landed: "ground", atMonoMs: 1000, seq: 3 });
      const { flight, answer, see } = aStation(STANDING);
      const over = flight.fly();
      await answer("upload-plan");
      await answer("arm");
      await answer("start-mission");
      await see(ARMED);
      await see(FLYING);
      const away = { ...off.position!.value, position: { latitudeDeg: 50.745, longitudeDeg: 1.6 } };
      await see({ ...off, position: { value: away, receivedAtMonoMs: 1000 } });
      expect((await over).problem).toBe(
        "landed and disarmed at item 3 of 14: the mission was not flown to its end, 5.0 km from where the plan ends",
      );
    });
    it("fell, as the station saw, whatever the aircraft says of the ground", async () => {
      const { flight, answer, see, lines, notice } = aStation(STANDING);
      const over = flight.fly();
      await answer("upload-plan");
      await answer("arm");
      await answer("start-mission");
      await see(ARMED);
      await see(AT_THE_END);
      notice("flight-fall", { descentMps: 20 });
      await see(shown({ isArmed: false, landed: "ground", atMonoMs: 1000 }));
      expect((await over).problem).toBe("the aircraft did not land by itself: it fell at 20 m/s just before");
      expect(lines).not.toContain("landed and disarmed");
    });
  });

  it("says no landing of a crash", async () => {
    const { flight, answer, see } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm");
    await answer("start-mission");
    await see(FLYING);
    const texts = [
      { unixTimeUs: 5, receivedAtMonoMs: 0, severity: 2, text: "Crash: Disarming: AngErr=92>30, Accel=0.3<3.0" },
    ];
    await see({ ...STANDING, texts });
    expect(await over).toMatchObject({ landedUs: undefined, problem: expect.stringContaining("Crash") as string });
  });

  it("review 1.1: Ctrl-C while arming is under way starts no mission, and disarms", async () => {
    const { flight, names, answer, see } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await turn();
    expect(names()).toEqual(["upload-plan", "arm"]);
    flight.bringBack();
    await see(ARMED);
    await answer("arm");
    await see(STANDING);
    await answer("disarm");
    expect(names()).toEqual(["upload-plan", "arm", "disarm"]);
    expect((await over).problem).toBe("cancelled");
  });

  it("Ctrl-C while the upload is under way arms nothing", async () => {
    const { flight, names, answer } = aStation(STANDING);
    const over = flight.fly();
    await turn();
    flight.bringBack();
    await answer("upload-plan");
    expect(names()).toEqual(["upload-plan"]);
    expect((await over).problem).toBe("cancelled");
  });

  it("Ctrl-C while the start is under way brings the aircraft home and stays until it has landed", async () => {
    const { names, answer, see, over } = await cancelledWhileStarting();
    await answer("start-mission");
    expect(names().slice(2)).toEqual(["start-mission", "return"]);
    // Refused on the ground, before the start took effect: requested again once it has.
    await answer("return", REFUSED);
    expect(names().slice(2)).toEqual(["start-mission", "return", "return"]);
    await see(FLYING);
    await answer("return");
    await see(shown({ isArmed: false, landed: "ground", atMonoMs: 100 }));
    expect((await over).problem).toBe("cancelled by the pilot; the aircraft returned");
  });

  it("attack: orders one thing at a time after Ctrl-C: a return under way is heard out, and told once", async () => {
    const { names, answer, see, lines, over } = await cancelledWhileStarting();
    // The station cancels the start in favour of the return.
    await answer("start-mission", CALLED_OFF);
    expect(names().slice(2)).toEqual(["start-mission", "return"]);
    await see(FLYING);
    await answer("return");
    expect(names().slice(2)).toEqual(["start-mission", "return"]);
    await see(shown({ isArmed: false, landed: "ground", atMonoMs: 100 }));
    await over;
    expect(lines.filter((line) => /busy|disarm:|return:|disarming/.test(line))).toEqual([]);
  });

  it("attack: on the ground the return is heard out first, then the aircraft is disarmed", async () => {
    const { names, answer, see, over } = await cancelledWhileStarting();
    await answer("start-mission", CALLED_OFF);
    await answer("return");
    expect(names().slice(2)).toEqual(["start-mission", "return", "disarm"]);
    await see(STANDING);
    await answer("disarm");
    expect((await over).problem).toContain("cancelled");
    expect(names().slice(2)).toEqual(["start-mission", "return", "disarm"]);
  });

  it("attack: an aircraft that refuses to arm and arms all the same is disarmed, and told", async () => {
    const { flight, names, answer, see, wait, lines } = aStation(STANDING);
    wait(true);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm", REFUSED);
    await see(ARMED);
    expect(names()).toEqual(["upload-plan", "arm", "disarm"]);
    await answer("disarm", REFUSED);
    expect(names().at(-1)).toBe("return");
    await answer("return", REFUSED);
    wait(false);
    expect(lines).toContainEqual(expect.stringMatching(/the aircraft: ARMED, GUIDED/));
    await see(STANDING);
    expect((await over).problem).toContain("armed all the same");
  });

  it("attack: the same where only the next arming finds it armed", async () => {
    const { flight, names, answer, see } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm", REFUSED);
    await see(STANDING);
    // Received between the last check and the next arm command.
    await answer("arm", ARMED_ALREADY);
    await see(ARMED);
    await see(STANDING);
    await answer("disarm");
    expect((await over).problem).toContain("armed");
    expect(names()).toEqual(["upload-plan", "arm", "arm", "disarm"]);
  });

  it("attack: what somebody else has armed is neither flown nor disarmed", async () => {
    const { flight, names, answer } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm", ARMED_ALREADY);
    expect((await over).problem).toContain("somebody else has armed");
    expect(names()).toEqual(["upload-plan", "arm"]);
  });

  it("attack: Ctrl-C between two refused armings still watches for the first, and takes it back", async () => {
    const { flight, names, answer, see, wait } = aStation(STANDING);
    wait(true);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm", REFUSED);
    flight.bringBack();
    await see(STANDING);
    await see(ARMED);
    await see(STANDING);
    await answer("disarm");
    expect(names()).toEqual(["upload-plan", "arm", "disarm"]);
    expect((await over).problem).toBe("cancelled");
  });

  it("attack: left while an arming is under way, says that it may still happen", async () => {
    const { flight, answer } = aStation(STANDING);
    void flight.fly();
    await answer("upload-plan");
    await turn();
    flight.bringBack();
    expect(flight.aircraft()).toMatch(/disarmed, GUIDED.*ARMING WAS SENT AND MAY STILL HAPPEN/);
  });

  it("findings 6.2: an arming that nobody answered is watched for, and taken back when it comes late", async () => {
    const { flight, names, answer, see, wait } = aStation(STANDING);
    wait(true);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm", SILENT);
    expect(names()).toEqual(["upload-plan", "arm"]);
    await see(ARMED);
    await see(STANDING);
    await answer("disarm");
    expect(names()).toEqual(["upload-plan", "arm", "disarm"]);
    expect((await over).problem).toContain("did not answer");
  });

  it("a start that is refused leaves no armed aircraft; one that cannot be disarmed is brought home", async () => {
    const { flight, names, answer, see, lines } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await see(ARMED);
    await answer("arm");
    await answer("start-mission", REFUSED);
    await answer("disarm", REFUSED);
    expect(names().slice(2)).toEqual(["start-mission", "disarm", "return"]);
    await answer("return");
    await see(STANDING);
    expect((await over).problem).toMatch(/the vehicle refused .*; the aircraft never took off/);
    expect(lines).toContain("disarm: the vehicle refused (result 4)");
  });

  it("findings 6.1: a plan found changed just before the start is no longer told as verified", async () => {
    const { flight, answer, see } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await see(ARMED);
    await answer("arm");
    await answer("start-mission", err({ kind: "command", failure: { kind: "not-possible", because: "plan-changed" } }));
    await see(STANDING);
    await answer("disarm");
    expect(await over).toMatchObject({ isVerified: false, problem: expect.stringContaining("another plan") as string });
  });

  it("a lost aircraft ends with what it was doing", async () => {
    const { flight, answer, see, lines } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan");
    await answer("arm");
    await answer("start-mission");
    await see(FLYING);
    const silentAt = (stationMonoMs: number) => ({ ...FLYING, lastReceivedMonoMs: stationMonoMs });
    // `see` takes the station's time from the vehicle: silence is simulated by a second, newer vehicle's time.
    await see({ ...silentAt(5000), heartbeat: FLYING.heartbeat });
    expect(lines).not.toContain("landed and disarmed");
    const watch = new MissionWatch(missionItemsOf(plan), { print: () => undefined, askReturn: () => undefined });
    const at = (stationMonoMs: number): Known => ({
      ...{ stationMonoMs, stationUnixUs: 0, vehicles: [], contacts: [], recorder: undefined, notices: [] },
    });
    expect(watch.look(FLYING, at(5000))).toBe(false);
    expect(watch.look(FLYING, at(66_000))).toBe(true);
    expect(watch.end()).toEqual({ kind: "lost" });
    await see(shown({ isArmed: false, landed: "ground", atMonoMs: 6000 }));
    await over;
  });

  it("an aircraft that is armed already is not flown", async () => {
    const { flight, names } = aStation(ARMED);
    expect((await flight.fly()).problem).toContain("armed already");
    expect(names()).toEqual([]);
  });
});

describe("the end of a plan that forgot to return", () => {
  const items: readonly MissionItem[] = missionItemsOf(plan).slice(0, 3);
  it.each([
    ["review 1.5: PX4, whose items count from 0", PX4, 2],
    ["ArduPilot, whose item 0 is home", ARDUPILOT, 3],
  ])("%s", (_name, autopilot, lastSeq) => {
    const asked = (seq: number): number => {
      let countOfReturns = 0;
      const watch = new MissionWatch(items, { print: () => undefined, askReturn: () => (countOfReturns += 1) });
      for (let atMonoMs = 0; atMonoMs < 60_000; atMonoMs += 500) {
        const vehicle = shown({ isArmed: true, landed: "air", seq, autopilot, atMonoMs });
        watch.look(vehicle, {
          ...{
            stationMonoMs: atMonoMs,
            stationUnixUs: 0,
            vehicles: [vehicle],
            contacts: [],
            recorder: undefined,
            notices: [],
          },
        });
      }
      return countOfReturns;
    };
    expect([asked(lastSeq - 1), asked(lastSeq)]).toEqual([0, 1]);
  });
});
