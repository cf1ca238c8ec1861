import { describe, expect, it } from '@jest/globals';
import { publicKeyOf } from '../../pki/signing-key.ts';
import { RootCaKeeper } from './root-ca-keeper.ts';

const request = { commonName: 'demo', validDays: 10, keyBits: 2048, now: new Date() } as const;

const frozen = async (passphrase: string | undefined) => {
  const keeper = await RootCaKeeper.open(undefined, passphrase);
  const made = await keeper.make(request);
  keeper.adopt(made);
  return { keeper, stored: made.stored };
};

describe('the keeper of the root CA', () => {
  it('has no root before the freeze', async () => {
    const keeper = await RootCaKeeper.open(undefined, undefined);
    expect(keeper.state()).toBe('absent');
    expect(() => keeper.root()).toThrow(expect.objectContaining({ code: 'project_not_frozen' }));
    expect(keeper.stored()).toBeUndefined();
    const refused = {
      code: 'project_not_frozen',
      message: 'The project is not frozen yet, so it has no root CA.',
    };
    await expect(keeper.unseal('x')).rejects.toMatchObject(refused);
    await expect(keeper.rewrap(undefined, 'next')).rejects.toMatchObject(refused);
  });

  it('can sign after the freeze, and after a start with the right passphrase', async () => {
    const { keeper, stored } = await frozen('open sesame');
    expect(keeper.state()).toBe('open');
    expect(stored.key).not.toContain('BEGIN RSA PRIVATE KEY');
    const again = await RootCaKeeper.open(stored, 'open sesame');
    const key = publicKeyOf(again.root().privateKey);
    expect(key.equals(publicKeyOf(keeper.root().privateKey))).toBe(true);
  });

  it('is sealed without passphrase until the right one comes', async () => {
    const { stored } = await frozen('open sesame');
    const keeper = await RootCaKeeper.open(stored, undefined);
    expect(keeper.sealed()).toBe(true);
    expect(keeper.stored()).toBe(stored);
    expect(() => keeper.root()).toThrow('The root key is sealed. The project admin must unseal it first.');
    expect(() => keeper.root()).toThrow(expect.objectContaining({ code: 'sealed' }));
    await expect(keeper.unseal('wrong')).rejects.toMatchObject({ code: 'passphrase_wrong' });
    expect(keeper.sealed()).toBe(true);
    const key = await keeper.unseal('open sesame');
    expect(keeper.sealed()).toBe(true);
    keeper.adoptUnsealed(key);
    expect([keeper.state(), keeper.sealed()]).toEqual(['open', false]);
    await expect(keeper.unseal('open sesame')).rejects.toMatchObject({
      code: 'conflicting',
      message: 'The root key is not sealed.',
    });
  });

  it('takes the empty text for no passphrase', async () => {
    const plain = await frozen('');
    expect(plain.stored.key).toContain('PRIVATE KEY');
    expect((await RootCaKeeper.open(plain.stored, '')).state()).toBe('open');
    const { stored } = await frozen('open sesame');
    expect((await RootCaKeeper.open(stored, '')).state()).toBe('sealed');
  });

  it('does not start with a certificate that cannot be read', async () => {
    const { stored } = await frozen(undefined);
    await expect(
      RootCaKeeper.open({ ...stored, certificatePem: 'no certificate' }, undefined),
    ).rejects.toMatchObject({ code: 'root_damaged' });
  });

  it('does not start with a wrong passphrase, or with one where none is needed', async () => {
    const { stored } = await frozen('open sesame');
    await expect(RootCaKeeper.open(stored, 'wrong')).rejects.toMatchObject({ code: 'passphrase_wrong' });
    const plain = await frozen(undefined);
    await expect(RootCaKeeper.open(plain.stored, 'any')).rejects.toMatchObject({
      code: 'passphrase_unneeded',
    });
  });

  it('does not start with a key that is not the certificate’s', async () => {
    const one = await frozen(undefined);
    const other = await frozen(undefined);
    await expect(
      RootCaKeeper.open({ certificatePem: one.stored.certificatePem, key: other.stored.key }, undefined),
    ).rejects.toMatchObject({ code: 'root_damaged' });
  });

  it('puts the key under another passphrase, and a plain one under its first', async () => {
    const { keeper, stored } = await frozen(undefined);
    const first = await keeper.rewrap(undefined, 'first passphrase');
    expect(first.before).toEqual(stored);
    keeper.adoptRewrapped(first.after);
    expect(keeper.state()).toBe('open');
    await expect(keeper.rewrap('wrong', 'second')).rejects.toMatchObject({ code: 'passphrase_wrong' });
    const second = await keeper.rewrap('first passphrase', 'second passphrase');
    expect((await RootCaKeeper.open(second.after, 'second passphrase')).state()).toBe('open');
    await expect(RootCaKeeper.open(second.after, 'first passphrase')).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
  });
});
