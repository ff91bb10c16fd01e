/** Texts of a help desk, to search in: title, topic, body. */
export const helpTexts: readonly (readonly [title: string, topic: string, body: string])[] = [
  [
    'Where is my order',
    'shipping',
    'Track a parcel with the number in the mail of its dispatch. Most parcels arrive within three working days.',
  ],
  [
    'My delivery is late',
    'shipping',
    'A late delivery is paid back in part. Tell us the order number when a parcel is more than five days late.',
  ],
  [
    'Deliver to another address',
    'shipping',
    'The delivery address of an order can be changed until the parcel is dispatched.',
  ],
  [
    'Send goods back',
    'returns',
    'Goods can be returned within 30 days. Print the label, pack the part and bring the parcel to any shop.',
  ],
  [
    'A part is damaged',
    'returns',
    'Send a photo of the damaged part. We replace it at once, and the return of the broken one costs nothing.',
  ],
  [
    'When is my refund paid',
    'billing',
    'A refund is paid within five days after the returned goods are here, to the card of the order.',
  ],
  [
    'Pay by invoice',
    'billing',
    'Customers with a contract pay by invoice within 30 days. The invoice comes with the dispatch mail.',
  ],
  [
    'Wrong amount on an invoice',
    'billing',
    'Write to billing with the number of the invoice. Discounts of the contract are corrected at once.',
  ],
  [
    'Reset a password',
    'account',
    'Choose “Forgotten” at sign-in. The link in the mail to reset the password works for one hour.',
  ],
  [
    'Add a colleague',
    'account',
    'The administrator of an account invites people by mail and chooses what each may order.',
  ],
];
