// The list of flows.
export default function FlowsPage() {
  return null;
}
