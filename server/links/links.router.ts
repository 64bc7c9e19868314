import { once } from '../api/once.ts'
import { permitted } from '../api/trpc.ts'
import { linkSchema, mergeSchema, resolveChildrenSchema, ticketRefSchema } from './contract.ts'

const update = permitted('tickets.update')

/** Doors of `tickets` that lead to several of them at once. */
export const linkProcedures = {
  merge: update
    .input(mergeSchema)
    .mutation(once(({ ctx, input }) => ctx.services.links.merge(ctx.viewer, input))),
  unmerge: update
    .input(ticketRefSchema)
    .mutation(once(({ ctx, input }) => ctx.services.links.unmerge(ctx.viewer, input))),
  link: update
    .input(linkSchema)
    .mutation(once(({ ctx, input }) => ctx.services.links.link(ctx.viewer, input))),
  unlink: update
    .input(linkSchema)
    .mutation(once(({ ctx, input }) => ctx.services.links.unlink(ctx.viewer, input))),
  links: permitted('tickets.read')
    .input(ticketRefSchema)
    .query(({ ctx, input }) => ctx.services.links.of(ctx.viewer, input)),
  resolveChildren: permitted('tickets.reply')
    .input(resolveChildrenSchema)
    .mutation(once(({ ctx, input }) => ctx.services.links.resolveChildren(ctx.viewer, input))),
}
