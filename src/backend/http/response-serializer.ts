import { serializerCompiler } from 'fastify-type-provider-zod';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import { z } from 'zod';

/** Brings a value into a schema's shape; undefined where any value passes as it is. */
type Shape = ((value: unknown) => unknown) | undefined;

/** A schema that cannot be put into a shape ahead. */
class NoShape extends Error {}

const AS_IS = [
  z.ZodString,
  z.ZodNumber,
  z.ZodBoolean,
  z.ZodEnum,
  z.ZodLiteral,
  z.ZodNull,
  z.ZodRecord,
  z.ZodUnknown,
] as const;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const objectShape = (schema: z.ZodObject): Shape => {
  if (schema.def.catchall !== undefined) {
    throw new NoShape();
  }
  const members = Object.entries(schema.shape).map(([name, member]) => [name, shapeOf(member)] as const);
  return (value) => {
    if (!isObject(value)) {
      return value;
    }
    const shaped: Record<string, unknown> = {};
    for (const [name, shape] of members) {
      const member = value[name];
      if (member !== undefined) {
        shaped[name] = shape === undefined ? member : shape(member);
      }
    }
    return shaped;
  };
};

const shapeOf = (schema: unknown): Shape => {
  if (schema instanceof z.ZodObject) {
    return objectShape(schema);
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return shapeOf(schema.unwrap());
  }
  if (schema instanceof z.ZodArray) {
    const shape = shapeOf(schema.element);
    if (shape === undefined) {
      return undefined;
    }
    return (value) => (Array.isArray(value) ? value.map(shape) : value);
  }
  if (schema instanceof z.ZodUnion && schema.options.every((option) => shapeOf(option) === undefined)) {
    return undefined;
  }
  if (AS_IS.some((kind) => schema instanceof kind)) {
    return undefined;
  }
  throw new NoShape();
};

/**
 * Serializes responses: only members that the schema names get out, in its order. Their types are not checked again
 * on every response, as that takes longer than all else in a list; the tests check them against the document.
 */
export const responseSerializer: FastifySerializerCompiler<z.core.$ZodType> = (route) => {
  // Most of them are never used between two starts.
  let serialize: ReturnType<typeof compile> | undefined;
  return (value) => (serialize ??= compile(route))(value);
};

const compile: FastifySerializerCompiler<z.core.$ZodType> = (route) => {
  try {
    const shape = shapeOf(route.schema);
    return (value) => JSON.stringify(shape === undefined ? value : shape(value));
  } catch (error) {
    if (!(error instanceof NoShape)) {
      throw error;
    }
    return serializerCompiler(route);
  }
};
