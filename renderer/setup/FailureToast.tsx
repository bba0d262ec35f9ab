import type { StationFailure } from "../../src/contract/failures.js";
import { failureText } from "../app/failureText.js";
import { useText } from "../app/text.js";
import { Toast } from "../ui/Toast.js";

/** A failure: what happened, and what to do. */
export function FailureToast({ failure, testId }: { readonly failure: StationFailure; readonly testId?: string }) {
  const words = failureText(useText(), failure);
  return <Toast tone={words.severity} title={words.what} advice={words.advice} testId={testId ?? "setup-failure"} />;
}
