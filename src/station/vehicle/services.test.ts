import { expect, it } from "vitest";
import { aServiceContext } from "../testing/serviceContext.js";
import { createChecklistService } from "./checklistService.js";
import { EventService } from "./eventService.js";
import { FtpRunner } from "./ftpRunner.js";
import { LogService } from "./logs/logService.js";
import { ParamService } from "./params/paramService.js";
import { createPayloadService } from "./payloadService.js";
import { VehicleServices } from "./services.js";

function all() {
  const { context } = aServiceContext();
  const { link, time } = context;
  const files = new FtpRunner(link, time.scheduler);
  return {
    files,
    events: new EventService(context, files),
    params: new ParamService(context, files),
    logs: new LogService(context, files),
    payload: createPayloadService(context),
    checklist: createChecklistService(context),
  };
}

it("every request has one service that answers it: none is a bug that ends the start, and so are two", () => {
  expect(() => new VehicleServices(all())).not.toThrow();
  const { logs, ...others } = all();
  const deaf = Object.assign(Object.create(logs) as LogService, { answers: [] });
  expect(() => new VehicleServices({ ...others, logs: deaf })).toThrow(/no service answers list-logs/);
  const greedy = Object.assign(Object.create(logs) as LogService, { answers: [...logs.answers, "tick"] });
  expect(() => new VehicleServices({ ...others, logs: greedy })).toThrow(/two services answer tick/);
});
