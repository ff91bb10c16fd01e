import type { Stack } from '@snowflow/testing/stack';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { ApiClient } from '../../support/api-client';
import { openDirect } from '../../support/direct-sql';
import { belongings } from '../../support/route-belongings';
import { type OwnThings, ownThings } from './own-things';
import type { Asked } from '../../support/route-caller';

/** Who asks. The spare person's sign-ins are those that may end, the other tenant's settings those that may change. */
export const CALLERS = [
  'anonymous',
  'viewer',
  'builder',
  'admin',
  'spare',
  'other-tenant',
  'key',
  'embed',
  'forged',
] as const;
export type CallerName = (typeof CALLERS)[number];

const PEOPLE = {
  viewer: ['VIEWER', 'secret', 'demo'],
  builder: ['analyst', 'analyst', 'demo'],
  admin: ['demo', 'demo', 'demo'],
  spare: ['SPARE', 'secret', 'demo'],
  'other-tenant': ['demo2', 'demo2', 'demo2'],
} as const;
type PersonName = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as PersonName[];

/** Settings or policies, saved over the version that was read. */
interface Versioned {
  version: number;
}

/** People who are signed in, and things of theirs; what was ended or deleted is made anew by `renew`. */
export class FuzzWorld {
  readonly headers: Record<CallerName, Record<string, string>>;
  /** What is asked about. */
  about!: Asked;
  /** What deleting routes are asked about. */
  doomed!: Asked;
  own!: OwnThings;
  /** A member of the other tenant. */
  guestId = '';
  /** Sign-ins that were not asked to end, and had. */
  lost = 0;
  private made = 0;
  private readonly apis = new Map<PersonName, ApiClient>();
  private readonly settings = new Map<PersonName, object>();
  private tenantId = '';

  private constructor(private readonly stack: Stack) {
    // Nobody's: a token without a signature, a key that was never made.
    const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.', 'x-api-key': `sfk_${'A'.repeat(22)}` };
    const none = {
      anonymous: {},
      viewer: {},
      builder: {},
      admin: {},
      spare: {},
      'other-tenant': {},
      key: {},
      embed: {},
    };
    this.headers = { ...none, forged };
  }

  static async make(stack: Stack): Promise<FuzzWorld> {
    const world = new FuzzWorld(stack);
    await world.signIn('admin');
    await world.invite();
    await world.renew();
    return world;
  }

  /** Everybody is signed in, and everything there, as at the beginning. */
  async renew(): Promise<void> {
    for (const name of NAMES) {
      const known = await this.apis.get(name)?.call('GET', '/auth/me');
      if (known?.status === 200) continue;
      if (known && name !== 'spare') this.lost += 1;
      await this.signIn(name);
    }
    await this.putBack();
    await this.sweep();
    if (!(await this.isThere())) this.about = await this.belong('kept');
    this.about = { ...this.about, settings: this.settings.get('admin') ?? {} };
    this.doomed = await this.belong('doomed');
    await this.makeKeys();
    this.own = await ownThings({
      warehouseUrl: this.stack.warehouseUrl,
      builder: this.of('builder'),
      admin: this.of('admin'),
      otherOwner: this.of('other-tenant'),
      about: this.about,
      key: this.headers.key,
      embed: this.headers.embed,
    });
  }

  private async signIn(name: PersonName): Promise<void> {
    const api = new ApiClient(this.stack.gatewayUrl);
    const [username, password, account] = PEOPLE[name];
    const { tenantId } = await api.connect(username, password, account);
    if (name === 'admin') this.tenantId = tenantId;
    if (name === 'other-tenant') this.guestId = userIdOf(tenantId, 'GUEST');
    this.apis.set(name, api);
    this.headers[name] = api.headers;
    if (this.settings.has(name)) return;
    const { status, body } = await api.call<object>('GET', '/admin/settings');
    if (status === 200) this.settings.set(name, body);
  }

  private of(name: PersonName): ApiClient {
    const api = this.apis.get(name);
    if (!api) throw new Error(`${name} is not signed in`);
    return api;
  }

  private async invite(): Promise<void> {
    const direct = await openDirect(this.stack.warehouseUrl);
    await direct.run('USE ROLE ACCOUNTADMIN');
    for (const username of ['VIEWER', 'SPARE', 'GUEST']) {
      await direct.run(`CREATE USER ${username} PASSWORD = 'secret' DEFAULT_ROLE = ANALYST`);
      await direct.run(`GRANT ROLE ANALYST TO USER ${username}`);
      await this.of('admin').call('POST', '/admin/members', { body: { username, appRole: 'viewer' } });
    }
    await direct.close();
  }

  /** What owners decide, as it was. */
  private async putBack(): Promise<void> {
    for (const name of ['admin', 'other-tenant'] as const) {
      const api = this.of(name);
      const { version } = (await api.call<Versioned>('GET', '/admin/settings')).body;
      const saved = await api.call<object>('PUT', '/admin/settings', { body: { ...this.settings.get(name), version } });
      if (saved.status === 200) this.settings.set(name, saved.body);
      const { body } = await api.call<Versioned>('GET', '/admin/policies');
      await api.call('PUT', '/admin/policies', { body: { version: body.version } });
      await api.call('PUT', '/admin/held-tags', { body: { tags: [] } });
    }
    await this.of('other-tenant').call('POST', '/admin/members', { body: { username: 'GUEST', appRole: 'viewer' } });
  }

  /** Nobody may have keys and credentials without end. */
  private async sweep(): Promise<void> {
    const builder = this.of('builder');
    const kept = new Set([this.about?.apiKeyId, this.about?.credentialId]);
    for (const path of ['/auth/api-keys', '/credentials']) {
      const { body } = await builder.call<{ items: { id: string }[] }>('GET', path);
      const over = body.items.filter(({ id }) => !kept.has(id));
      for (const { id } of over) await builder.call('DELETE', `${path}/${id}`);
    }
  }

  private async isThere(): Promise<boolean> {
    if (!this.about) return false;
    const { workflowId, scheduleId, runId, templateId } = this.about;
    const paths = [
      `/workflows/${workflowId}/publication`,
      `/schedules/${scheduleId}`,
      `/runs/${runId}`,
      `/templates/${templateId}`,
    ];
    const replies = await Promise.all(paths.map((path) => this.of('builder').call('GET', path)));
    return replies.every(({ status }) => status === 200);
  }

  private async belong(prefix: string): Promise<Asked> {
    this.made += 1;
    const { id: sessionId } = await new ApiClient(this.stack.gatewayUrl).connect('analyst');
    const own = { api: this.of('builder'), user: 'analyst', role: 'ANALYST', warehouseUrl: this.stack.warehouseUrl };
    const ids = await belongings({ ...own, sessionId }, `${prefix}-${this.made}`);
    return { ...ids, tenantId: this.tenantId, settings: this.settings.get('admin') ?? {} };
  }

  private async makeKeys(): Promise<void> {
    const builder = this.of('builder');
    const body = { name: `Key ${this.made}`, days: 1, publications: [this.about.publicationId] };
    const { key } = (await builder.call<{ key: string }>('POST', '/auth/api-keys', { body })).body;
    this.headers.key = { 'x-api-key': key };
    await this.of('admin').call('PUT', '/admin/embed', { body: { parents: ['https://host.example.com'] } });
    const token = await builder.call<{ token: string }>('POST', '/embed/tokens', {
      body: { slug: this.about.slug, view: 'run' },
    });
    this.headers.embed = { authorization: `Bearer ${token.body.token}` };
  }
}
