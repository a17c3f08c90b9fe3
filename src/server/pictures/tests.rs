//! Pictures as cameras, programs and attackers make them.

use std::time::{Duration, Instant};

use flate2::Crc;
use image::{ExtendedColorType, GrayImage, ImageEncoder, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// Left half dark, right half light.
fn two_halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([20, 40, 60]) } else { Rgb([220, 200, 180]) },
    )
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// EXIF as a telephone writes it: how it was held, and where (35°28′ north, 133°3′ east).
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend_from_slice(&[0, 0, 0, 0, 0, 2]);
    tiff.extend_from_slice(&[0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    tiff.extend_from_slice(&[0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 68]);
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    for part in [35_u32, 1, 28, 1, 0, 1] {
        tiff.extend_from_slice(&part.to_be_bytes());
    }
    [b"Exif\0\0", &tiff[..], b"GPS 35.4681N 133.0486E Tanaka-Phone"].concat()
}

/// A JPEG with everything in it that programs put there.
fn tagged(orientation: u8) -> Vec<u8> {
    let plain = written(&two_halves(400, 200).into(), ImageFormat::Jpeg);
    let segment = |kind: u8, content: &[u8]| {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xff, kind][..], &length, content].concat()
    };
    [
        &plain[..2],
        &segment(0xe1, &exif(orientation)),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Tanaka-XMP</x:xmpmeta>"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01Tanaka-ICC"),
        &segment(0xed, b"Photoshop 3.0\0Tanaka-IPTC"),
        &segment(0xfe, b"Tanaka-Comment"),
        &plain[2..],
        b"Tanaka-Behind-The-End",
    ]
    .concat()
}

// The photograph of a founder's new shop said where she lives: it was taken at home.
#[test]
fn nothing_of_a_file_survives_but_what_is_seen() {
    let file = tagged(1);
    for secret in ["Tanaka", "GPS", "xmpmeta", "ICC_PROFILE", "Photoshop", "Exif"] {
        let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(holds(&file), "{secret} was there");
        let prepared = prepare(&file).unwrap();
        assert!(!holds(&prepared.bytes) && !holds(&prepared.small), "{secret}");
    }
    let prepared = prepare(&file).unwrap();
    assert_eq!(prepared.sha, hex(&Sha256::digest(&prepared.bytes)));
    // Nothing but what a JPEG is made of: no application's segment beside JFIF, no comment.
    let mut at = 2;
    while prepared.bytes[at + 1] != 0xda {
        let kind = prepared.bytes[at + 1];
        assert!(matches!(kind, 0xe0 | 0xdb | 0xc0 | 0xc4 | 0xdd), "{kind:x}");
        at += 2 + usize::from(u16::from_be_bytes([prepared.bytes[at + 2], prepared.bytes[at + 3]]));
    }
    assert!(prepared.bytes.ends_with(&[0xff, 0xd9]));
}

// Every second portrait lay on its side, because only its metadata knew which way was up.
#[test]
fn it_stands_as_the_camera_was_held() {
    let dark = |picture: &RgbImage, x: u32, y: u32| picture.get_pixel(x, y).0[0] < 100;
    let upright = prepare(&tagged(1)).unwrap();
    assert_eq!((upright.width, upright.height), (400, 200));
    assert!(dark(&read(&upright.bytes), 10, 100) && !dark(&read(&upright.bytes), 390, 100));
    let turned = prepare(&tagged(6)).unwrap();
    assert_eq!((turned.width, turned.height), (200, 400));
    let turned = read(&turned.bytes);
    assert!(dark(&turned, 100, 10) && !dark(&turned, 100, 390));
}

#[test]
fn every_kind_becomes_a_jpeg_of_at_most_twelve_hundred() {
    let large: DynamicImage = two_halves(3_000, 1_500).into();
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let prepared = prepare(&written(&large, format)).unwrap();
        assert_eq!((prepared.width, prepared.height), (1_200, 600), "{format:?}");
        let small = read(&prepared.small);
        assert_eq!((small.width(), small.height()), (480, 240));
        assert_eq!(image::guess_format(&prepared.bytes).unwrap(), ImageFormat::Jpeg);
    }
    let little = prepare(&written(&two_halves(40, 20).into(), ImageFormat::Gif)).unwrap();
    assert_eq!((little.width, little.height), (40, 20), "nothing is blown up");
    let far = prepare(&written(&two_halves(6_000, 40).into(), ImageFormat::Png)).unwrap();
    assert_eq!((far.width, far.height), (1_200, 8));
}

// A logo without a background came out black on black.
#[test]
fn what_is_see_through_is_white() {
    let logo = RgbaImage::from_pixel(50, 50, Rgba([0, 0, 0, 0]));
    let prepared = prepare(&written(&logo.into(), ImageFormat::Png)).unwrap();
    assert!(read(&prepared.bytes).pixels().all(|pixel| pixel.0.iter().all(|colour| *colour > 250)));
    let grey = prepare(&written(&GrayImage::from_pixel(50, 50, image::Luma([128])).into(), ImageFormat::Png))
        .unwrap();
    assert!(read(&grey.bytes).pixels().all(|pixel| pixel.0[0].abs_diff(128) < 4));
}

/// 60,000 × 60,000 black pixels in a few hundred bytes; its head is right.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(content);
        [&(content.len() as u32).to_be_bytes()[..], kind, content, &sum.sum().to_be_bytes()].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let pixels = [0x78, 0x9c, 0x63, 0x60, 0x18, 0x05, 0xa3, 0x60];
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &pixels), &chunk(b"IEND", b"")]
        .concat()
}

// A hundred bytes asked for 14 GB, and the machine took the server away.
#[test]
fn what_would_unfold_is_refused_by_its_head() {
    let begun = Instant::now();
    for (width, height) in [(60_000, 60_000), (20_000, 2_001), (20_001, 1), (u32::MAX >> 1, 1)] {
        assert_eq!(prepare(&bomb(width, height)).err(), Some(BadPicture::TooManyPixels), "{width}×{height}");
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(prepare(&bomb(500, 500)).err(), Some(BadPicture::Broken));
    assert_eq!(prepare(&vec![0xff; LARGEST + 1]).err(), Some(BadPicture::TooManyBytes));
}

#[test]
fn what_is_no_picture_is_said() {
    let mut ico = Vec::new();
    let pixels = [0_u8; 4];
    image::codecs::png::PngEncoder::new(&mut ico)
        .write_image(&pixels, 1, 1, ExtendedColorType::Rgba8)
        .unwrap();
    assert!(prepare(&ico).is_ok());
    for other in [
        &b""[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"II*\0",
        b"BM......",
        b"\0\0\x01\0",
    ] {
        assert_eq!(prepare(other).err(), Some(BadPicture::OtherKind), "{other:?}");
    }
    let whole = tagged(1);
    assert_eq!(prepare(&whole[..400]).err(), Some(BadPicture::Broken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_comes_is_a_picture_or_none(
        format in prop::sample::select(vec![ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif]),
        changes in prop::collection::vec((0_usize..4_000, any::<u8>()), 0..12),
        cut in 0_usize..4_000,
    ) {
        let mut bytes = written(&two_halves(60, 40).into(), format);
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[at % length] = byte;
        }
        bytes.truncate(length - cut % length / 2);
        if let Ok(prepared) = prepare(&bytes) {
            prop_assert!(prepared.width <= SIDE && prepared.height <= SIDE);
        }
    }
}
