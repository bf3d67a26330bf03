// The inbox.
export default function InboxPage() {
  return null;
}
