// One flow on the canvas.
export default function BuilderPage() {
  return null;
}
