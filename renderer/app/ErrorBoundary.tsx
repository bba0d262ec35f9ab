import { Component, type ContextType, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../ui/Button.js";
import { LanguageContext, translatorFor } from "./text.js";

type ErrorBoundaryProps = { readonly children: ReactNode };
type ErrorBoundaryState = { readonly error: Error | undefined };

/**
 * An exception thrown while one workspace renders replaces that workspace by an error text; the rest of the screen goes
 * on.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  static override contextType = LanguageContext;
  declare context: ContextType<typeof LanguageContext>;
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(thrown: unknown): ErrorBoundaryState {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error("vigie: a part of the screen failed", error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const t = translatorFor(this.context);
    return (
      <div className="app-crash" role="alert" data-testid="crash">
        <strong>{t("app.crash")}</strong>
        <code>{error.message}</code>
        <Button label={t("app.crash.retry")} onPress={() => this.setState({ error: undefined })} />
      </div>
    );
  }
}
