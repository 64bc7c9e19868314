import { z } from 'zod'
import { whisperProcedures } from '../alerts/whispers.router.ts'
import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { idSchema } from '../ids.ts'
import { linkProcedures } from '../links/links.router.ts'
import {
  countTicketsSchema,
  createTicketSchema,
  getTicketSchema,
  listTicketsSchema,
  replySchema,
  searchTicketsSchema,
  updateTicketSchema,
} from './contract.ts'

export const ticketsRouter = router({
  ...linkProcedures,
  ...whisperProcedures,
  create: permitted('tickets.create')
    .input(createTicketSchema)
    .mutation(once(({ ctx, input }) => ctx.services.tickets.create(ctx.viewer, input))),
  reply: permitted('tickets.reply')
    .input(replySchema)
    .mutation(once(({ ctx, input }) => ctx.services.tickets.reply(ctx.viewer, input))),
  update: permitted('tickets.update')
    .input(updateTicketSchema)
    .mutation(once(({ ctx, input }) => ctx.services.tickets.update(ctx.viewer, input))),
  list: permitted('tickets.read')
    .input(listTicketsSchema.prefault({}))
    .query(({ ctx, input }) => ctx.services.tickets.list.page(ctx.viewer, input)),
  /** The named tickets as lists show them, without those out of sight; for freshening what is on screen. */
  items: permitted('tickets.read')
    .input(z.strictObject({ ids: z.array(idSchema).min(1).max(100) }))
    .query(async ({ ctx, input }) => ({
      items: await ctx.services.tickets.list.byIds(ctx.viewer, input.ids),
    })),
  get: permitted('tickets.read')
    .input(getTicketSchema)
    .query(({ ctx, input }) => ctx.services.tickets.reader.detail(ctx.viewer, input)),
  search: permitted('tickets.read')
    .input(searchTicketsSchema)
    .query(({ ctx, input }) => ctx.services.tickets.search.search(ctx.viewer, input)),
  counts: permitted('tickets.read')
    .input(countTicketsSchema.prefault({}))
    .query(({ ctx, input }) => ctx.services.tickets.counts.counts(ctx.viewer, input.filters)),
})
