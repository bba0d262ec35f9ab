import { useText } from "../app/text.js";

export function SetupWorkspace() {
  const t = useText();
  return <div data-testid="setup-workspace">{t("app.setup")}</div>;
}
