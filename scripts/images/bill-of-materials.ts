import { z } from 'zod';

const component = z.looseObject({ 'bom-ref': z.string(), purl: z.string() });
type Component = z.infer<typeof component>;

/** What `npm sbom` prints of all programs together, in CycloneDX. */
export const wholeBill = z.looseObject({
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});
type Bill = z.infer<typeof wholeBill>;

/** What is in the image of a program: of npm's list the packages of the program, as name@version; Node; and dpkg's status. */
export function billOfMaterials(whole: Bill, program: string, packages: readonly string[], status: string): Bill {
  const components = whole.components.filter((known) => packages.includes(known['bom-ref']));
  const missing = packages.filter((name) => !components.some((known) => known['bom-ref'] === name));
  if (missing.length > 0) throw new Error(`npm's list lacks ${missing.join(', ')}`);
  const root = { ...whole.metadata.component, type: 'application', name: `snowflow-${program}` };
  const kept = new Set([...packages, root['bom-ref']]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => kept.has(name)) }));
  const metadata = { ...whole.metadata, lifecycles: [{ phase: 'build' }], component: root };
  return { ...whole, metadata, components: [node(), ...systemPackages(status), ...components], dependencies };
}

const node = (): Component => {
  const { node: version } = process.versions;
  return { 'bom-ref': `node@${version}`, type: 'platform', name: 'node', version, purl: `pkg:generic/node@${version}` };
};

/** One entry of dpkg's status for each package, apart by an empty line. */
function systemPackages(status: string): Component[] {
  const entries = status.split('\n\n').filter((entry) => entry.includes('Package: '));
  return entries.map((entry) => {
    const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(entry)?.[1] ?? '';
    const [name, version] = [field('Package'), field('Version')];
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}`;
    return { 'bom-ref': `deb:${name}@${version}`, type: 'library', name, version, purl };
  });
}
