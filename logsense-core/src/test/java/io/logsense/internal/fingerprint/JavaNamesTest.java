package io.logsense.internal.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaNamesTest {
  @ParameterizedTest
  @CsvSource({
    "com.shop.Cart, com.shop.Cart",
    "com.shop.Cart$Item, com.shop.Cart$Item",
    "com.shop.Cart$1, com.shop.Cart$#",
    "com.shop.Cart$12$3, com.shop.Cart$#$#",
    "com.shop.Cart$2Visitor, com.shop.Cart$#Visitor",
    "com.shop.Base64, com.shop.Base64",
    "com.shop.Cart$Sha1, com.shop.Cart$Sha1",
    "java.base/java.util.ArrayList, java.util.ArrayList",
    "app//com.shop.Cart, com.shop.Cart",
    "shop.core@1.2/com.shop.Cart, com.shop.Cart",
    "com.shop.Cart/0x00007f1c0012a000, com.shop.Cart",
    "com.shop.Cart/1829164700, com.shop.Cart",
    "com.shop.Cart.0x00007f1c0012a000, com.shop.Cart",
    "com.shop.CartKt$total$1, com.shop.CartKt$total$#",
    "com.shop.CartKt$total$2$1, com.shop.CartKt$total$#$#",
    "com.shop.Cart$$anonfun$total$1, com.shop.Cart$$anonfun$total$#",
    "com.shop.Cart$, com.shop.Cart$",
    "shop.core$total$fn__1234, shop.core$total$fn__#",
    "shop.core$eval1234, shop.core$eval#",
    "shop.core$reify__77, shop.core$reify__#",
    "com.shop.Cart$_total_closure1, com.shop.Cart$_total_closure#",
    "com.shop.Cart$_closure1$_closure2, com.shop.Cart$_closure#$_closure#",
    "Script17, Script#",
    "com.shop.Pricing$-CC, com.shop.Pricing",
    "org.apache.jsp.cart_jsp, org.apache.jsp.cart_jsp",
  })
  void aClassNameLosesWhatABuildOrARunAdds(String printed, String kept) {
    assertThat(JavaNames.owner(printed)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.shop.Cart$$Lambda$14/0x0000000800c03000",
        "com.shop.Cart$$Lambda/0x00007f1c0012a000",
        "com.shop.Cart$$Lambda$14",
        "com.shop.Cart$$Lambda.0x00007f1c0012a000",
        "com.shop.Cart$$EnhancerBySpringCGLIB$$1f2e3d4c",
        "com.shop.Cart$$FastClassBySpringCGLIB$$1f2e3d4c",
        "com.shop.Cart$$SpringCGLIB$$0",
        "com.shop.Cart$$EnhancerByGuice$$1f2e3d4c",
        "com.shop.Cart$$EnhancerByCGLIB$$1f2e3d4c",
        "com.shop.Cart$ByteBuddy$aB3dE5fG",
        "com.shop.Cart$MockitoMock$1234567",
        "com.shop.Cart$HibernateProxy$aB3dE5fG",
        "com.shop.Cart_$$_jvst1f2_0",
        "com.shop.Cart_$$_javassist_12",
        "com.shop.Cart$Proxy$_$$_WeldClientProxy",
        "com.shop.Cart_ClientProxy",
        "com.shop.Cart_Subclass",
        "com.shop.$Cart$Definition$Intercepted",
        "com.shop.Cart$$ExternalSyntheticLambda0",
        "$Proxy12",
        "com.sun.proxy.$Proxy12",
        "jdk.proxy2.$Proxy12",
        "com.shop.$Proxy12",
        "jdk.internal.reflect.GeneratedMethodAccessor12",
        "jdk.internal.reflect.DirectMethodHandleAccessor",
        "sun.reflect.NativeMethodAccessorImpl",
        "java.lang.reflect.Method",
        "java.lang.invoke.LambdaForm$DMH/0x0000000800c03000",
        "java.base/java.lang.invoke.LambdaForm$MH",
        "org.springframework.aop.framework.CglibAopProxy",
        "_COROUTINE._BOUNDARY",
        "\b\b\b(Coroutine boundary",
      })
  void aClassThatNobodyWroteIsGlue(String printed) {
    assertThat(JavaNames.owner(printed)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "total, total",
    "<init>, <init>",
    "<clinit>, <clinit>",
    "lambda$total$0, lambda$total",
    "lambda$total$17, lambda$total",
    "lambda$total$1f2e3d4c$1, lambda$total",
    "lambda$decade$1, lambda$decade",
    "lambda$null$3, lambda$null",
    "lambda$0, lambda$",
    "total$lambda$0, total$lambda",
    "total$lambda-2, total$lambda",
    "total$lambda$3$lambda$1, total$lambda",
    "total$default, total",
    "total$suspendImpl, total",
    "total-8Gh3_aZ, total",
    "total-impl, total",
    "$anonfun$total$1, $anonfun$total",
    "$anonfun$total$1$adapted, $anonfun$total",
    "apply$mcII$sp, apply",
    "total_aroundBody0, total",
    "total_aroundBody1$advice, total",
    "$default$total, total",
    "sha256, sha256",
  })
  void aMethodNameLosesWhatACompilerAdds(String printed, String kept) {
    assertThat(JavaNames.method(printed)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access$000",
        "access$total",
        "-$$Nest$mtotal",
        "$r8$lambda$aB3dE5fG",
        "CGLIB$total$0",
        "total$$superforward1"
      })
  void aMethodThatNobodyWroteIsGlue(String printed) {
    assertThat(JavaNames.method(printed)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "com.shop.CartException, com.shop.CartException",
    "com.shop.Cart$1, com.shop.Cart$#",
    "com.shop.CartException$MockitoMock$12, com.shop.CartException",
    "java.base/java.lang.Error, java.lang.Error",
  })
  void aTypeIsThatOfTheSource(String printed, String kept) {
    assertThat(JavaNames.type(printed)).isEqualTo(kept);
  }
}
