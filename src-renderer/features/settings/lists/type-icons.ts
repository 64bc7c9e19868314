import {
  Banknote,
  Bug,
  CalendarClock,
  CircleQuestionMark,
  FileText,
  GraduationCap,
  Headset,
  KeyRound,
  Laptop,
  Lightbulb,
  MessageSquareHeart,
  Package,
  Printer,
  Shapes,
  ShoppingCart,
  Siren,
  Truck,
  Wifi,
  Wrench,
} from '@lucide/vue'
import type { Component } from 'vue'

const icons = {
  wrench: Wrench,
  'message-square-heart': MessageSquareHeart,
  'shopping-cart': ShoppingCart,
  headset: Headset,
  siren: Siren,
  'graduation-cap': GraduationCap,
  bug: Bug,
  'circle-question-mark': CircleQuestionMark,
  lightbulb: Lightbulb,
  banknote: Banknote,
  'file-text': FileText,
  package: Package,
  truck: Truck,
  'calendar-clock': CalendarClock,
  'key-round': KeyRound,
  laptop: Laptop,
  printer: Printer,
  wifi: Wifi,
} satisfies Record<string, Component>

export type TypeIconName = keyof typeof icons
export const TYPE_ICONS = Object.keys(icons) as TypeIconName[]

const isKnown = (name: string): name is TypeIconName => name in icons

/** The picture of a ticket type; one that a script chose and this client doesn't have gets the general one. */
export const typeIcon = (name: string | null): Component =>
  name !== null && isKnown(name) ? icons[name] : Shapes
