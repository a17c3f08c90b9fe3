//! The way to a database on another machine: encrypted, and nobody is taken for the database who cannot prove it.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::StoreError;

/// Believes whoever these vouch for; without any, whoever this machine trusts.
pub(super) fn connector(authority: Option<&Path>) -> Result<MakeRustlsConnect, StoreError> {
    let roots = match authority {
        Some(file) => named(file)?,
        None => of_this_machine()?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Broken(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn named(file: &Path) -> Result<RootCertStore, StoreError> {
    let unusable =
        |why: String| StoreError::Broken(format!("{} (sslrootcert) cannot be used: {why}", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unusable(error.to_string()))? {
        let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
        roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
    }
    if roots.is_empty() { Err(unusable("there is no certificate in it".to_owned())) } else { Ok(roots) }
}

fn of_this_machine() -> Result<RootCertStore, StoreError> {
    let mut roots = RootCertStore::empty();
    // One that cannot be read vouches for nobody; the others do.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(StoreError::Broken(
            "this machine trusts nobody; name who may vouch by sslrootcert".to_owned(),
        ));
    }
    Ok(roots)
}
