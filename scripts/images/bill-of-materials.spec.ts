import { billOfMaterials, wholeBill } from './bill-of-materials';

const part = (name: string) => ({ 'bom-ref': `${name}@1.0.0`, name, purl: `pkg:npm/${name}@1.0.0` });
const whole = wholeBill.parse({
  bomFormat: 'CycloneDX',
  metadata: { component: part('snowflow') },
  components: ['web', 'tools', 'compiler'].map(part),
  dependencies: [
    { ref: 'snowflow@1.0.0', dependsOn: ['web@1.0.0', 'compiler@1.0.0'] },
    { ref: 'web@1.0.0', dependsOn: ['tools@1.0.0'] },
    { ref: 'compiler@1.0.0', dependsOn: ['tools@1.0.0'] },
  ],
});
const status = 'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9+deb12u10\n\n';

describe('The bill of materials of an image', () => {
  it('names the program, its packages, Node and what is there of the system, and nothing else', () => {
    const bill = billOfMaterials(whole, 'gateway', ['web@1.0.0', 'tools@1.0.0'], status);
    expect(bill.metadata.component).toMatchObject({ name: 'snowflow-gateway', type: 'application' });
    expect(bill.components.map(({ purl }) => purl)).toEqual([
      `pkg:generic/node@${process.versions.node}`,
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64',
      'pkg:npm/web@1.0.0',
      'pkg:npm/tools@1.0.0',
    ]);
    expect(bill.dependencies).toEqual([
      { ref: 'snowflow@1.0.0', dependsOn: ['web@1.0.0'] },
      { ref: 'web@1.0.0', dependsOn: ['tools@1.0.0'] },
    ]);
  });

  it('is refused where the image has a package that the lock does not', () => {
    expect(() => billOfMaterials(whole, 'gateway', ['stranger@6.6.6'], status)).toThrow(
      "npm's list lacks stranger@6.6.6",
    );
  });
});
