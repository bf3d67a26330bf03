// Who may do what, as the server has it: screens hide what would be refused; the server decides.
const everybody = ['administrator', 'supervisor', 'agent', 'restricted', 'builder', 'viewer'];
const desk = ['administrator', 'supervisor', 'agent'];

const roles = {
  'work on conversations': [...desk, 'restricted'],
  'see contacts': [...desk, 'viewer'],
  'edit contacts': desk,
  'see account': everybody.filter((role) => role !== 'restricted'),
  'edit texts': ['administrator', 'builder'],
  'edit flows': ['administrator', 'builder'],
  'manage account': ['administrator'],
};
export type Act = keyof typeof roles;

export function may(role: string | undefined, act: Act): boolean {
  return role !== undefined && roles[act].includes(role);
}
