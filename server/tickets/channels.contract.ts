/** How a ticket, or a message of it, came. */
export const channels = ['phone', 'email', 'portal', 'chat', 'manual'] as const
export type Channel = (typeof channels)[number]
