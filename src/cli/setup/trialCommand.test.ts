import { describe, expect, it } from "vitest";
import { trialProblem } from "./trialCommand.js";

describe("vigie trial", () => {
  it("takes any number of autopilots over UDP and TCP, one or two links each", () => {
    expect(trialProblem([])).toBeUndefined();
    expect(trialProblem(["a=tcp://127.0.0.1:5760+tcp://127.0.0.1:5762", "b=udp://:14550"])).toBeUndefined();
    expect(trialProblem(["udp://10.0.0.2:14550"])).toBeUndefined();
  });

  it("says what is wrong before anything is flown", () => {
    expect(trialProblem(["a=tcp://127.0.0.1"])).toMatch(/port/);
    expect(trialProblem(["a=serial:/dev/ttyUSB0:57600"])).toMatch(/a trial takes/);
    expect(trialProblem(["a=udp://:1+udp://:2+udp://:3"])).toMatch(/two to the same aircraft/);
  });
});
