/** Hears of people who leave a tenant, so that what they left behind stops working for them. */
export abstract class MemberDepartures {
  /** Asked before the removal is told to anyone; asking twice does no harm. */
  abstract left(tenantId: string, userId: string): Promise<void>;
}
