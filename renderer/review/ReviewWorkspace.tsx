export function ReviewWorkspace() {
  return <div data-testid="review-workspace" />;
}
