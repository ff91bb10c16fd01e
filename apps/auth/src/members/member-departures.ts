/** Hears of people who leave a tenant, so that what they left behind stops working for them. */
export abstract class MemberDepartures {
  /** The person is removed and signed out. Told again after a failure, so hearing it twice must do no harm. */
  abstract left(tenantId: string, userId: string): Promise<void>;
}
