// A passkey or security key in the hand of whoever looks at a page.

/** The page offers no passkeys beside the name: a device that answers by itself would at once. */
export async function quiet(page) {
  await page.addInitScript(() => { if (window.PublicKeyCredential) delete PublicKeyCredential.isConditionalMediationAvailable; });
}

/** Puts one into the browser of a page; verified says whether it checks who holds it. */
export async function device(page, { verified = true, usb = false, backedUp = false } = {}) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: usb ? 'usb' : 'internal', hasResidentKey: verified, hasUserVerification: verified, isUserVerified: verified,
      automaticPresenceSimulation: true, defaultBackupEligibility: backedUp, defaultBackupState: backedUp,
    },
  });
  const at = { authenticatorId };
  return {
    /** What it holds. */
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', at)).credentials,
    /** Whether the person is recognized from now on. */
    recognizes: (yes) => cdp.send('WebAuthn.setUserVerified', { ...at, isUserVerified: yes }),
    /** Sets its counter, as a copy of it would have it. */
    async counts(signCount) {
      for (const credential of (await cdp.send('WebAuthn.getCredentials', at)).credentials) {
        await cdp.send('WebAuthn.removeCredential', { ...at, credentialId: credential.credentialId });
        await cdp.send('WebAuthn.addCredential', { ...at, credential: { ...credential, signCount } });
      }
    },
  };
}
